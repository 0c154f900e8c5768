package org.spdbook.twin.vision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.OptimizerService;
import org.spdbook.optim.StepExecutor;
import org.spdbook.optim.step.ReferenceStep;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;
import org.spdbook.verify.Difference;
import org.spdbook.verify.Verifier;
import org.spdbook.weights.JsonFile;
import org.spdbook.weights.Safetensors;

/**
 * A classifier on the small ViT: {@code model}, {@code io} (rgba, input, labels, logits, loss), {@code grads}, and for each
 * optimiser in {@code note.json} the tensors {@code after5.NAME} after its steps on the one batch. Sizes are read from the
 * tensors; {@code config.h} of the note is the number of heads, 4 if absent.
 *
 * <p>Steps are compared at the end only, with 1e-6 per step beyond what {@link StepRounding} explains. In Adam-SPD the norms
 * of the projection carry rounding on to the other elements of a tensor; a tensor that this can reach has a limit of its own. The reference differs from itself by 1.2e-5 to 2.2e-5 there when it runs again, sums the batch in
 * another order, or in float64, and by less than 1e-7 once the gradients that are rounding are set to zero.
 */
public final class ClassifierVerifier implements Verifier {

    private static final double INPUT_LIMIT = 1e-6;
    private static final double FORWARD_LIMIT = 1e-4;
    private static final double GRADIENT_LIMIT = 1e-3;
    private static final double LOSS_LIMIT = 1e-4;
    private static final double STEP_LIMIT = 1e-6;
    private static final double COUPLED_LIMIT = 1e-4;
    private static final int HEADS = 4;

    @Override
    public String kind() {
        return "classifier on the small ViT (model.safetensors with head and v.stem1.weight, io.safetensors)";
    }

    @Override
    public boolean recognises(Path folder) throws IOException {
        Path model = folder.resolve("model.safetensors");
        if (!Files.exists(model) || !Files.exists(folder.resolve("io.safetensors"))) {
            return false;
        }
        try (Safetensors weights = Safetensors.open(model)) {
            return weights.has(Classifier.HEAD) && weights.has("v.stem1.weight");
        }
    }

    @Override
    public List<Difference> compare(Path folder) throws IOException {
        JsonObject note = JsonFile.object(folder.resolve("note.json"));
        List<Difference> differences = new ArrayList<>();
        try (NDManager manager = Torch.newManager();
                Safetensors model = Safetensors.open(folder.resolve("model.safetensors"));
                Safetensors io = Safetensors.open(folder.resolve("io.safetensors"))) {
            var batch = new Batch(io.load(manager, "input"), io.load(manager, "labels"));
            TinyVitConfig config = config(note, model, io);
            if (io.has("rgba")) {
                differences.add(Difference.none("input", INPUT_LIMIT).and(input(io), io.doubles("input")));
            }
            Map<String, NDArray> weights = model.loadAll(manager);
            differences.addAll(forwardAndBackward(folder, () -> new Classifier(config, manager, weights), io, batch));
            for (Map.Entry<String, JsonElement> steps :
                    note.getAsJsonObject("steps").entrySet()) {
                JsonObject settings = steps.getValue().getAsJsonObject();
                for (StepExecutor executor : List.of(new ReferenceStep(), new TorchStep())) {
                    differences.addAll(steps(
                            folder,
                            () -> new Classifier(config, manager, weights),
                            batch,
                            steps.getKey(),
                            settings,
                            executor));
                }
            }
        }
        return differences;
    }

    private static TinyVitConfig config(JsonObject note, Safetensors model, Safetensors io) {
        JsonObject config = note.has("config") ? note.getAsJsonObject("config") : new JsonObject();
        long[] input = io.info("input").shape();
        return TinyVitConfig.of(
                model,
                (int) input[input.length - 1],
                config.has("h") ? config.get("h").getAsInt() : HEADS);
    }

    /** Our input of the images that the reference normalised. */
    private static double[] input(Safetensors io) {
        long[] images = io.longs("rgba");
        int length = (int) (images.length / io.info("rgba").shape()[0]);
        return IntStream.range(0, images.length / length)
                .mapToObj(i -> Arrays.stream(images, i * length, (i + 1) * length)
                        .mapToInt(Math::toIntExact)
                        .toArray())
                .map(VisionInput::of)
                .flatMapToDouble(image -> Arrays.stream(doubles(image)))
                .toArray();
    }

    private static List<Difference> forwardAndBackward(
            Path folder, Supplier<Classifier> pretrained, Safetensors io, Batch batch) throws IOException {
        try (var classifier = pretrained.get();
                Safetensors reference = Safetensors.open(folder.resolve("grads.safetensors"))) {
            double[] logits = Autograd.withoutRecording(() -> Scope.compute(
                    () -> doubles(classifier.forward(batch.images()).toFloatArray())));
            double loss = Autograd.valueAndBackward(() -> classifier.loss(batch.images(), batch.labels()));
            Difference gradients = Difference.none("gradients", GRADIENT_LIMIT);
            for (var target : classifier.targets()) {
                NDArray gradient = Autograd.gradients(List.of(target.value())).get(0);
                gradients = gradients.and(doubles(gradient.toFloatArray()), doubles(reference.floats(target.name())));
            }
            return List.of(
                    Difference.none("logits", FORWARD_LIMIT).and(logits, doubles(io.floats("logits"))),
                    Difference.none("loss", FORWARD_LIMIT).and(new double[] {loss}, doubles(io.floats("loss"))),
                    gradients);
        }
    }

    private static List<Difference> steps(
            Path folder,
            Supplier<Classifier> pretrained,
            Batch batch,
            String name,
            JsonObject settings,
            StepExecutor executor)
            throws IOException {
        String group = name + ", " + executor.getClass().getSimpleName();
        double lr = settings.get("lr").getAsDouble();
        String strength = name.equals("adamw") ? "weight-decay" : "lambda";
        var rule = OptimizerService.create(
                name, Map.of(strength, settings.get("strength").getAsString()));
        try (var classifier = pretrained.get();
                var optimizer = new BoundOptimizer(rule, executor, classifier.targets());
                Safetensors model = Safetensors.open(folder.resolve("model.safetensors"));
                Safetensors gradients = Safetensors.open(folder.resolve("grads.safetensors"));
                Safetensors after = Safetensors.open(folder.resolve("after5." + name + ".safetensors"))) {
            var expected = settings.getAsJsonArray("losses");
            Difference losses = Difference.none(group + ": losses", LOSS_LIMIT);
            for (JsonElement value : expected) {
                double loss = Autograd.valueAndBackward(() -> classifier.loss(batch.images(), batch.labels()));
                losses = losses.and(new double[] {loss}, new double[] {value.getAsDouble()});
                optimizer.step(lr, tensor -> 0);
            }
            int count = expected.size();
            Difference values = Difference.none(group + ": after " + count + " steps", STEP_LIMIT * count);
            Difference coupled = Difference.none(group + ": norm by rounding", COUPLED_LIMIT);
            for (var target : classifier.targets()) {
                double[] reference = after.doubles(target.name());
                var rounding =
                        new StepRounding(gradients.doubles(target.name()), model.doubles(target.name()), lr, count);
                double[] ours = rounding.explain(doubles(target.value().toFloatArray()), reference);
                if (rounding.reachesTheNorm(reference, STEP_LIMIT)) {
                    coupled = coupled.and(ours, reference);
                } else {
                    values = values.and(ours, reference);
                }
            }
            return List.of(losses, values, coupled);
        }
    }

    private static double[] doubles(float[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i];
        }
        return result;
    }

    private record Batch(NDArray images, NDArray labels) {}
}
