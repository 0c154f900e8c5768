package org.spdbook.twin.vision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.OptimizerService;
import org.spdbook.optim.StepExecutor;
import org.spdbook.optim.step.ReferenceStep;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;
import org.spdbook.verify.Difference;
import org.spdbook.verify.JsonFile;
import org.spdbook.verify.Verifier;
import org.spdbook.weights.Safetensors;

/**
 * A classifier on the small ViT: {@code model}, {@code io} (input, labels, logits, loss), {@code grads}, and for each optimiser
 * in {@code note.json} the tensors {@code after5.NAME} after its steps on the one batch.
 */
public final class ClassifierVerifier implements Verifier {

    private static final double FORWARD_LIMIT = 1e-4;
    private static final double GRADIENT_LIMIT = 1e-3;
    private static final double LOSS_LIMIT = 1e-4;
    private static final double STEP_LIMIT = 1e-6;
    private static final double STACKED_BIAS_LIMIT = 1e-4;
    private static final String STACKED_BIAS = "qkv.bias";

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
            Map<String, NDArray> weights = model.loadAll(manager);
            differences.addAll(forwardAndBackward(folder, manager, weights, io, batch));
            for (Map.Entry<String, JsonElement> steps :
                    note.getAsJsonObject("steps").entrySet()) {
                JsonObject settings = steps.getValue().getAsJsonObject();
                for (StepExecutor executor : List.of(new ReferenceStep(), new TorchStep())) {
                    differences.addAll(steps(folder, manager, weights, batch, steps.getKey(), settings, executor));
                }
            }
        }
        return differences;
    }

    private static List<Difference> forwardAndBackward(
            Path folder, NDManager manager, Map<String, NDArray> weights, Safetensors io, Batch batch)
            throws IOException {
        try (var classifier = new Classifier(TinyVitConfig.defaults(), manager, weights);
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
            NDManager manager,
            Map<String, NDArray> weights,
            Batch batch,
            String name,
            JsonObject settings,
            StepExecutor executor)
            throws IOException {
        String group = name + ", " + executor.getClass().getSimpleName();
        String strength = name.equals("adamw") ? "weight-decay" : "lambda";
        var rule = OptimizerService.create(
                name, Map.of(strength, settings.get("strength").getAsString()));
        try (var classifier = new Classifier(TinyVitConfig.defaults(), manager, weights);
                var optimizer = new BoundOptimizer(rule, executor, classifier.targets());
                Safetensors after = Safetensors.open(folder.resolve("after5." + name + ".safetensors"))) {
            var expected = settings.getAsJsonArray("losses");
            Difference losses = Difference.none(group + ": losses", LOSS_LIMIT);
            for (JsonElement value : expected) {
                double loss = Autograd.valueAndBackward(() -> classifier.loss(batch.images(), batch.labels()));
                losses = losses.and(new double[] {loss}, new double[] {value.getAsDouble()});
                optimizer.step(settings.get("lr").getAsDouble(), tensor -> 0);
            }
            Difference values =
                    Difference.none(group + ": after " + expected.size() + " steps", STEP_LIMIT * expected.size());
            Difference biases = Difference.none(group + ": their stacked biases", STACKED_BIAS_LIMIT);
            for (var target : classifier.targets()) {
                float[] ours = target.value().toFloatArray();
                float[] reference = after.floats(target.name());
                if (target.name().endsWith(STACKED_BIAS)) {
                    biases = biases.and(determined(ours), determined(reference));
                } else {
                    values = values.and(doubles(ours), doubles(reference));
                }
            }
            return List.of(losses, values, biases);
        }
    }

    /**
     * The query and value thirds of a stacked bias. A key bias shifts all scores of a query alike, so its gradient is zero in
     * exact arithmetic; Adam turns the rounding that is left into full steps of either sign, in any implementation. The norms
     * of the projection couple that noise to the rest of the tensor, which is therefore compared apart.
     */
    private static double[] determined(float[] values) {
        double[] result = doubles(values);
        java.util.Arrays.fill(result, values.length / 3, 2 * values.length / 3, 0);
        return result;
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
