package org.spdbook.verify;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.spdbook.optim.AdamMoments;
import org.spdbook.optim.AdamSpd;
import org.spdbook.optim.Anchor;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.Selection;
import org.spdbook.optim.StepExecutor;
import org.spdbook.optim.Target;
import org.spdbook.optim.TensorReport;
import org.spdbook.optim.step.ReferenceStep;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;
import org.spdbook.weights.JsonFile;
import org.spdbook.weights.Safetensors;

/**
 * Trajectories of the authors' Adam-SPD: {@code NAME.json} with the settings and {@code NAME.safetensors} with {@code p0.j},
 * {@code g.t.j}, {@code p.t.j} and {@code cond.t}. Both executions are compared; the selection must be equal wherever the
 * condition is clear of rounding.
 */
public final class OptimizerVerifier implements Verifier {

    private static final double LIMIT = 1e-6;
    private static final double CLEAR = 1e-5;

    private final Device device;

    /** Steps on the CPU. */
    public OptimizerVerifier() {
        this(Device.cpu());
    }

    /** Steps on a device. */
    public OptimizerVerifier(Device device) {
        this.device = device;
    }

    @Override
    public String kind() {
        return "optimizer trajectories (NAME.json with weight_decay and betas, NAME.safetensors)";
    }

    @Override
    public boolean recognises(Path folder) throws IOException {
        return !cases(folder).isEmpty();
    }

    private static List<Path> cases(Path folder) throws IOException {
        List<Path> pairs;
        try (var files = Files.list(folder)) {
            pairs = files.filter(file -> file.toString().endsWith(".json") && Files.exists(tensors(file)))
                    .sorted()
                    .toList();
        }
        List<Path> cases = new ArrayList<>();
        for (Path json : pairs) {
            JsonObject settings = settings(json);
            if (settings.has("weight_decay") && settings.has("betas")) {
                cases.add(json);
            }
        }
        return cases;
    }

    private static Path tensors(Path json) {
        return json.resolveSibling(json.getFileName().toString().replace(".json", ".safetensors"));
    }

    private static JsonObject settings(Path json) throws IOException {
        JsonElement element = JsonFile.read(json);
        return element.isJsonObject() ? element.getAsJsonObject() : new JsonObject();
    }

    @Override
    public List<Difference> compare(Path folder) throws IOException {
        List<Difference> differences = new ArrayList<>();
        for (Path json : cases(folder)) {
            String name = json.getFileName().toString().replace(".json", "");
            differences.addAll(compare(json, name + " reference step", new ReferenceStep()));
            differences.addAll(compare(json, name + " fused step", new TorchStep()));
        }
        return differences;
    }

    private List<Difference> compare(Path json, String name, StepExecutor executor) throws IOException {
        JsonObject settings = settings(json);
        try (NDManager manager = Torch.newManager(device);
                Safetensors file = Safetensors.open(tensors(json))) {
            List<Target> targets = new ArrayList<>();
            for (int j = 0; file.has("p0." + j); j++) {
                NDArray value = file.load(manager, "p0." + j);
                Autograd.track(value);
                targets.add(Target.of("p0." + j, value));
                Autograd.valueAndBackward(() -> Ops.scaled(value.sum(), 0).reshape(1));
            }
            try (var optimizer = new BoundOptimizer(rule(settings), executor, targets)) {
                return follow(file, name, optimizer, targets, settings);
            }
        }
    }

    private static AdamSpd rule(JsonObject s) {
        var betas = s.getAsJsonArray("betas");
        var moments = new AdamMoments(
                betas.get(0).getAsDouble(),
                betas.get(1).getAsDouble(),
                s.get("eps").getAsDouble(),
                s.get("amsgrad").getAsBoolean());
        Anchor anchor = s.get("anchor").getAsString().equals("theta0") ? Anchor.PRETRAINED : Anchor.ZERO;
        return new AdamSpd(moments, s.get("weight_decay").getAsDouble(), anchor, Selection.INSTANT, AdamSpd.Norm.L2);
    }

    private static List<Difference> follow(
            Safetensors file, String name, BoundOptimizer optimizer, List<Target> targets, JsonObject settings) {
        Difference values = Difference.none(name + ": values", LIMIT);
        Difference selections = Difference.none(name + ": selections", 0);
        int steps = settings.get("steps").getAsInt();
        int first = file.has("g.0.0") ? 0 : 1;
        for (int t = first; t < steps + first; t++) {
            double[] noise = new double[targets.size()];
            for (int j = 0; j < targets.size(); j++) {
                noise[j] = setGradient(file, optimizer, targets, t, j, settings);
            }
            optimizer.step(settings.get("lr").getAsDouble(), tensor -> 0);
            float[] conditions = file.floats("cond." + t);
            List<TensorReport> report = optimizer.report();
            for (int j = 0; j < targets.size(); j++) {
                values = values.and(doubles(targets.get(j).value()), doubles(file.floats("p." + t + "." + j)));
                boolean clear = Math.abs(conditions[j]) > CLEAR * noise[j];
                double expected = conditions[j] < 0 ? 1 : 0;
                double found = report.get(j).selected() ? 1 : 0;
                selections = selections.and(new double[] {clear ? found : expected}, new double[] {expected});
            }
        }
        return List.of(values, selections);
    }

    /** Puts a stored gradient in place. Returns the sum of |g (p - anchor)|, against which a condition is clear or not. */
    private static double setGradient(
            Safetensors file, BoundOptimizer optimizer, List<Target> targets, int t, int j, JsonObject settings) {
        NDArray gradient = optimizer.gradients().get(j);
        boolean zero = !settings.get("anchor").getAsString().equals("theta0");
        return Scope.compute(() -> {
            NDArray stored = file.load(gradient.getManager(), "g." + t + "." + j);
            Ops.copy(gradient, stored);
            double[] g = doubles(stored);
            double[] p = doubles(targets.get(j).value());
            double[] anchor = doubles(file.floats("p0." + j));
            double sum = 0;
            for (int i = 0; i < g.length; i++) {
                sum += Math.abs(g[i] * (p[i] - (zero ? 0 : anchor[i])));
            }
            return sum;
        });
    }

    private static double[] doubles(NDArray array) {
        return doubles(array.toFloatArray());
    }

    private static double[] doubles(float[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i];
        }
        return result;
    }
}
