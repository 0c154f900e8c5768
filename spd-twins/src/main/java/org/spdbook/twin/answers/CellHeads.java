package org.spdbook.twin.answers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.spdbook.nn.Linear;
import org.spdbook.nn.Parameters;
import org.spdbook.nn.Shapes;
import org.spdbook.optim.Target;
import org.spdbook.torch.Ops;
import org.spdbook.train.Seeds;

/**
 * Two linear layers that tell from each token of a picture what stands in its place: the shape or digit, and the colour. They teach the tower to see
 * and are not kept.
 */
final class CellHeads implements AutoCloseable {

    private static final List<String> SHAPES = Stream.concat(
                    Thing.SHAPES.stream(), IntStream.range(0, 10).mapToObj(Integer::toString))
            .toList();
    private static final List<String> COLOURS =
            Stream.concat(Thing.COLOURS.stream(), Stream.of(Thing.WHITE)).toList();

    private static final String SHAPE = "shape";
    private static final String COLOUR = "colour";
    private static final int SIDE = 4;

    private final Parameters parameters;
    private final NDManager manager;
    private final Linear shape;
    private final Linear colour;

    /** Fresh heads; they are closed by the caller, batches belong to the manager. */
    CellHeads(NDManager manager, Seeds seeds) {
        this.manager = manager;
        this.parameters = new Parameters(manager);
        Shapes shapes = new Shapes()
                .linear(SHAPE, SHAPES.size() + 1L, VisionTower.WIDTH)
                .linear(COLOUR, COLOURS.size() + 1L, VisionTower.WIDTH);
        AnswersWeights.add(shapes.asMap(), parameters, manager, i -> seeds.stream("initial heads", 0, i));
        shape = Linear.of(parameters, SHAPE);
        colour = Linear.of(parameters, COLOUR);
    }

    /** Tensors of heads and tower, to be trained together. */
    List<Target> targets(Parameters model) {
        List<Target> targets = new ArrayList<>(Target.all(parameters.asMap()));
        model.asMap().forEach((name, array) -> {
            if (name.startsWith(VisionTower.PREFIX)) {
                targets.add(Target.of(name, array));
            }
        });
        return targets;
    }

    /**
     * The mean losses of shape and of colour over all tokens, added up; one element.
     *
     * @param tokens of the pictures, [n, 16, 96]
     */
    NDArray loss(NDArray tokens, List<Scene> scenes) {
        long[] shapes = new long[scenes.size() * VisionTower.TOKENS];
        long[] colours = new long[shapes.length];
        for (int i = 0; i < shapes.length; i++) {
            int token = i % VisionTower.TOKENS;
            int place = token / SIDE / 2 * 2 + token % SIDE / 2;
            var thing = scenes.get(i / VisionTower.TOKENS).at(place);
            shapes[i] = thing.map(one -> 1 + SHAPES.indexOf(one.shape())).orElse(0);
            colours[i] = thing.map(one -> 1 + COLOURS.indexOf(one.colour())).orElse(0);
        }
        NDArray flat = tokens.reshape(-1, VisionTower.WIDTH);
        return Ops.crossEntropy(shape.forward(flat), manager.create(shapes), 0)
                .add(Ops.crossEntropy(colour.forward(flat), manager.create(colours), 0));
    }

    @Override
    public void close() {
        parameters.close();
    }
}
