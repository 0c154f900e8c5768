package org.spdbook.benchmark;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/** Shapes of the tensors that a fine-tuning trains. */
final class TensorShapes {

    private TensorShapes() {}

    /**
     * The trained tensors of a case, in order.
     *
     * @param name {@code clip} for the image tower of CLIP ViT-B/16, {@code lora} for LLaMA-7B's LoRA of rank 32 on q, k, v, up
     *     and down
     */
    static List<Shape> of(String name) {
        return switch (name) {
            case "clip" -> clip();
            case "lora" -> lora();
            default -> throw new IllegalArgumentException("shapes " + name + " are not known; choose clip or lora");
        };
    }

    private static List<Shape> clip() {
        long width = 768;
        List<Shape> shapes = new ArrayList<>(List.of(
                new Shape(width),
                new Shape(width, 3, 16, 16),
                new Shape(197, width),
                new Shape(width),
                new Shape(width)));
        for (int layer = 0; layer < 12; layer++) {
            for (int projection = 0; projection < 4; projection++) {
                shapes.addAll(List.of(new Shape(width, width), new Shape(width)));
            }
            shapes.addAll(List.of(new Shape(4 * width, width), new Shape(4 * width)));
            shapes.addAll(List.of(new Shape(width, 4 * width), new Shape(width)));
            shapes.addAll(List.of(new Shape(width), new Shape(width), new Shape(width), new Shape(width)));
        }
        shapes.addAll(List.of(new Shape(width), new Shape(width), new Shape(512, width)));
        return shapes;
    }

    private static List<Shape> lora() {
        long width = 4096;
        long hidden = 11008;
        long rank = 32;
        List<Shape> shapes = new ArrayList<>();
        for (int layer = 0; layer < 32; layer++) {
            for (int projection = 0; projection < 3; projection++) {
                shapes.addAll(List.of(new Shape(rank, width), new Shape(width, rank)));
            }
            shapes.addAll(List.of(new Shape(rank, width), new Shape(hidden, rank)));
            shapes.addAll(List.of(new Shape(rank, hidden), new Shape(width, rank)));
        }
        return shapes;
    }
}
