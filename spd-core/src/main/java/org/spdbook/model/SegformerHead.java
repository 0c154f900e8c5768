package org.spdbook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.spdbook.nn.BatchNorm;
import org.spdbook.nn.Linear;
import org.spdbook.nn.ParameterFile;
import org.spdbook.nn.Parameters;
import org.spdbook.nn.Shapes;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;
import org.spdbook.weights.KeyMap;
import org.spdbook.weights.TensorFile;

/**
 * The all-MLP decoder of SegFormer (Xie et al., NeurIPS 2021): grids of several stages brought to one width and to the size of the finest, put together
 * with the coarsest first, and turned into class scores. Its tensors are named as on the Hugging Face hub,
 * {@code SegformerDecodeHead}. Does not own its parameters.
 */
public final class SegformerHead {

    /** Of files that hold such heads. */
    public static final List<KeyMap> ORIGINS = List.of(KeyMap.hub(), inMemory("decode_head."), inMemory(""));

    private static final String PREFIX = "decode_head.";
    private static final String NORM = PREFIX + "batch_norm";
    private static final double DROPOUT = .1;

    private final Parameters parameters;
    private final List<Linear> projections;

    /**
     * A head on its parameters.
     *
     * @param parameters named as in {@link #shapes} and {@link #bufferShapes}; not closed
     * @param stages number of grids
     */
    public SegformerHead(Parameters parameters, int stages) {
        this.parameters = parameters;
        this.projections = IntStream.range(0, stages)
                .mapToObj(stage -> Linear.of(parameters, projection(stage)))
                .toList();
    }

    /**
     * The head of a file; its sizes are those of the tensors.
     *
     * @return parameters, closed by the caller
     * @throws IllegalArgumentException if there is none
     */
    public static Parameters read(NDManager owner, TensorFile file) {
        KeyMap map =
                ParameterFile.origin(file, List.of(projection(0) + ".weight", PREFIX + "linear_fuse.weight"), ORIGINS);
        List<Integer> widths = new ArrayList<>();
        while (file.has(map.source(projection(widths.size()) + ".weight").key())) {
            widths.add((int)
                    file.info(map.source(projection(widths.size()) + ".weight").key())
                            .shape()[1]);
        }
        int width =
                (int) file.info(map.source(PREFIX + "linear_fuse.weight").key()).shape()[0];
        int classes =
                (int) file.info(map.source(PREFIX + "classifier.weight").key()).shape()[0];
        Parameters parameters = ParameterFile.read(owner, file, shapes(widths, width, classes), map);
        ParameterFile.readBuffers(parameters, owner, file, bufferShapes(width), map);
        return parameters;
    }

    private static KeyMap inMemory(String prefix) {
        return KeyMap.of(prefix.isEmpty() ? "a head alone" : "transformers 5")
                .rule("decode_head\\.linear_c\\.(.*)", prefix + "linear_projections.$1")
                .rule("decode_head\\.(.*)", prefix + "$1");
    }

    private static String projection(int stage) {
        return PREFIX + "linear_c." + stage + ".proj";
    }

    /**
     * Names and shapes of the parameters.
     *
     * @param widths of the grids, the finest first
     * @param width of the head
     */
    public static Map<String, Shape> shapes(List<Integer> widths, int width, int classes) {
        Shapes shapes = new Shapes();
        for (int stage = 0; stage < widths.size(); stage++) {
            shapes.linear(projection(stage), width, widths.get(stage));
        }
        return shapes.add(PREFIX + "linear_fuse.weight", width, (long) widths.size() * width, 1, 1)
                .norm(NORM, width)
                .add(PREFIX + "classifier.weight", classes, width, 1, 1)
                .add(PREFIX + "classifier.bias", classes)
                .asMap();
    }

    /** Names and shapes of what is not trained: the running mean and variance of the batch normalisation. */
    public static Map<String, Shape> bufferShapes(int width) {
        return new Shapes()
                .add(NORM + ".running_mean", width)
                .add(NORM + ".running_var", width)
                .asMap();
    }

    /**
     * Class scores of each place of the finest grid.
     *
     * @param grids [n, h, w, width] each, the finest first
     * @param training normalised by the batch, with a tenth of the values dropped
     * @return [n, classes, h, w]
     */
    public NDArray forward(List<NDArray> grids, boolean training) {
        return Scope.of(() -> {
            Shape finest = grids.get(0).getShape();
            List<NDArray> alike = new ArrayList<>();
            for (int stage = 0; stage < projections.size(); stage++) {
                NDArray projected = projections.get(stage).forward(grids.get(stage));
                alike.add(Ops.upsample(projected.transpose(0, 3, 1, 2), finest.get(1), finest.get(2)));
            }
            Collections.reverse(alike);
            NDArray fused =
                    Ops.convolution(Ops.concat(alike, 1), parameters.get(PREFIX + "linear_fuse.weight"), null, 1);
            NDArray hidden = Ops.relu(BatchNorm.of(parameters, NORM).forward(fused, training));
            return Ops.convolution(
                    training ? Ops.dropout(hidden, DROPOUT) : hidden,
                    parameters.get(PREFIX + "classifier.weight"),
                    parameters.get(PREFIX + "classifier.bias"),
                    1);
        });
    }
}
