package org.spdbook.peft.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;

/** Blocks and batches of DJL with values that repeat. */
final class Blocks {

    static final Shape INPUT = new Shape(8, 6);
    static final int CLASSES = 3;

    private Blocks() {}

    /** 6 - 10 - 5 - 3, the last two in a block of their own. */
    static SequentialBlock mlp(NDManager manager, DataType type) {
        var block = new SequentialBlock()
                .add(Linear.builder().setUnits(10).build())
                .add(Activation.tanhBlock())
                .add(new SequentialBlock()
                        .add(Linear.builder().setUnits(5).optBias(false).build())
                        .add(Activation.tanhBlock())
                        .add(Linear.builder().setUnits(CLASSES).build()));
        return filled(block, manager, type);
    }

    /** With a batch normalisation behind the first layer. */
    static SequentialBlock normalised(NDManager manager) {
        var block = new SequentialBlock()
                .add(Linear.builder().setUnits(10).build())
                .add(BatchNorm.builder().build())
                .add(Linear.builder().setUnits(CLASSES).build());
        return filled(block, manager, DataType.FLOAT32);
    }

    private static <B extends Block> B filled(B block, NDManager manager, DataType type) {
        block.initialize(manager, type, INPUT);
        var random = new SplittableRandom(3);
        for (Parameter parameter : block.getParameters().values()) {
            if (parameter.getType() == Parameter.Type.WEIGHT || parameter.getType() == Parameter.Type.BIAS) {
                set(parameter.getArray(), random, 0.6);
            }
        }
        return block;
    }

    /** Overwrites an array by uniform numbers. */
    static void set(NDArray array, SplittableRandom random, double bound) {
        double[] values = random.doubles(array.size(), -bound, bound).toArray();
        Autograd.withoutRecording(() -> {
            Scope.run(() -> Ops.copy(array, array.getManager().create(values, array.getShape())));
            return null;
        });
    }

    static NDArray input(NDManager manager, int step, DataType type) {
        double[] values =
                new SplittableRandom(step).doubles(INPUT.size(), -2, 2).toArray();
        return manager.create(values, INPUT).toType(type, true);
    }

    static NDArray labels(NDManager manager, int step) {
        return manager.create(
                new SplittableRandom(step).longs(INPUT.get(0), 0, CLASSES).toArray());
    }

    /** Values of all parameters of a block. */
    static Map<String, Object> values(Block block) {
        Map<String, Object> values = new LinkedHashMap<>();
        block.getParameters()
                .forEach(pair -> values.put(pair.getKey(), bits(pair.getValue().getArray())));
        return values;
    }

    /** All values of an array, in a form that is equal only for equal bits. */
    static ByteBuffer bits(NDArray array) {
        var copy = ByteBuffer.allocate((int) (array.size() * array.getDataType().getNumOfBytes()));
        return copy.put(array.toByteBuffer()).flip();
    }
}
