package org.spdbook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.spdbook.nn.Adapter;
import org.spdbook.nn.LayerNorm;
import org.spdbook.nn.ParameterFile;
import org.spdbook.nn.Parameters;
import org.spdbook.nn.Shapes;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;
import org.spdbook.weights.KeyMap;
import org.spdbook.weights.TensorFile;

/**
 * Semantic segmentation as in the paper's Table 4: a Swin transformer whose stages are normalised and read by the decoder of SegFormer. Its
 * tensors are those of {@link Swin}, {@code hidden_states_norms.stageN} as in transformers' {@code SwinBackbone}, and those of {@link
 * SegformerHead}. Owns its parameters.
 */
public final class SwinSegformer implements AutoCloseable {

    /** Label of places that are not scored, as PASCAL VOC has it. */
    public static final int IGNORED = 255;

    private static final double SPREAD = .02;

    private final Parameters parameters;
    private final Swin swin;
    private final SegformerHead head;
    private final List<LayerNorm> norms;

    /**
     * A model on its parameters.
     *
     * @param config sizes of the backbone
     * @param parameters of all parts; the model closes them
     */
    public SwinSegformer(SwinConfig config, Parameters parameters) {
        this.parameters = parameters;
        this.swin = new Swin(config, parameters);
        this.head = new SegformerHead(parameters, config.stages());
        this.norms = IntStream.range(0, config.stages())
                .mapToObj(stage -> LayerNorm.of(parameters, norm(stage), config.eps()))
                .toList();
    }

    private static String norm(int stage) {
        return "hidden_states_norms.stage" + (stage + 1);
    }

    /**
     * Names and shapes of all parameters.
     *
     * @param width of the head
     * @param classes with the background
     */
    public static Map<String, Shape> shapes(SwinConfig config, int width, int classes) {
        Map<String, Shape> shapes = new LinkedHashMap<>(Swin.backbone(config).asMap());
        shapes.putAll(added(config, width, classes));
        return shapes;
    }

    /** What is not in the file of a classifier. */
    private static Map<String, Shape> added(SwinConfig config, int width, int classes) {
        Shapes norms = new Shapes();
        List<Integer> widths = new ArrayList<>();
        for (int stage = 0; stage < config.stages(); stage++) {
            norms.norm(norm(stage), config.width(stage));
            widths.add(config.width(stage));
        }
        Map<String, Shape> added = new LinkedHashMap<>(norms.asMap());
        added.putAll(SegformerHead.shapes(widths, width, classes));
        return added;
    }

    /**
     * What is added to a backbone.
     *
     * @param width of the head
     * @param classes with the background
     * @param adapterRatio width of the tokens over that of the adapters' bottlenecks; 0 for no adapters
     */
    public record Added(int width, int classes, int adapterRatio) {

        /** A head without adapters. */
        public Added(int width, int classes) {
            this(width, classes, 0);
        }
    }

    /**
     * A pre-trained backbone with a fresh head: weights normal with s.d. 0.02, biases 0, normalisations 1 and 0; and with adapters if wanted.
     *
     * @param file of a classifier, see {@link Swin#of}
     * @param normal standard normal random numbers, for what is fresh
     * @throws IllegalArgumentException if the file is of another model
     */
    public static SwinSegformer on(
            NDManager owner, SwinConfig config, TensorFile file, Added added, DoubleSupplier normal) {
        Map<String, Shape> backbone = Swin.backbone(config).asMap();
        KeyMap map = ParameterFile.origin(file, List.copyOf(backbone.keySet()), Swin.ORIGINS);
        Parameters parameters = ParameterFile.read(owner, file, backbone, map);
        added(config, added.width, added.classes)
                .forEach((name, shape) ->
                        parameters.add(name, owner.create(fresh(name, (int) shape.size(), normal), shape)));
        SegformerHead.bufferShapes(added.width)
                .forEach((name, shape) ->
                        parameters.addBuffer(name, name.endsWith("var") ? owner.ones(shape) : owner.zeros(shape)));
        for (int stage = 0; stage < config.stages() && added.adapterRatio > 0; stage++) {
            Adapter.Size size = Adapter.Size.reduced(config.width(stage), added.adapterRatio);
            for (int block = 0; block < config.depths().get(stage); block++) {
                Adapter.add(parameters, owner, Swin.block(stage, block), size, normal);
            }
        }
        return new SwinSegformer(config, parameters);
    }

    private static float[] fresh(String name, int size, DoubleSupplier normal) {
        float[] values = new float[size];
        boolean norm = name.contains("norm");
        for (int i = 0; i < size && !name.endsWith(".bias"); i++) {
            values[i] = norm ? 1 : (float) (SPREAD * normal.getAsDouble());
        }
        return values;
    }

    /**
     * Class scores of each place of a grid, a quarter as fine as the images.
     *
     * @param images [n, channels, h, w], float32, normalised as in training
     * @param training whether values and blocks are left out at random, and normalisation is by the batch
     * @return [n, classes, h / 4, w / 4]
     */
    public NDArray forward(NDArray images, boolean training) {
        return Scope.of(() -> {
            List<NDArray> grids = swin.features(images, training);
            List<NDArray> normalised = new ArrayList<>();
            for (int stage = 0; stage < grids.size(); stage++) {
                normalised.add(norms.get(stage).forward(grids.get(stage)));
            }
            return head.forward(normalised, training);
        });
    }

    /**
     * Mean cross-entropy over the places that are scored, after the scores are brought to the size of the labels.
     *
     * @param labels [n, h, w], int64; {@link #IGNORED} is left out
     * @return one element
     */
    public NDArray loss(NDArray images, NDArray labels, boolean training) {
        return Scope.of(() -> Ops.denseCrossEntropy(
                Ops.upsample(
                        forward(images, training),
                        labels.getShape().get(1),
                        labels.getShape().get(2)),
                labels,
                IGNORED));
    }

    /**
     * The most likely class of each pixel.
     *
     * @return [n, h, w] of the images, int64
     */
    public NDArray predictions(NDArray images) {
        return Scope.of(() -> Ops.upsample(
                        forward(images, false),
                        images.getShape().get(2),
                        images.getShape().get(3))
                .argMax(1));
    }

    /** The parameters; live. */
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public void close() {
        parameters.close();
    }
}
