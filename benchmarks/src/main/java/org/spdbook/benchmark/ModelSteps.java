package org.spdbook.benchmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.spdbook.nn.Parameters;
import org.spdbook.optim.AdamW;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.Target;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Torch;

/** Takes a training step of a model with random weights per line read, and answers with a line of JSON. */
public final class ModelSteps {

    private ModelSteps() {}

    /**
     * Saves the model first, as transformers reads it, and then steps until the input ends.
     *
     * @param arguments {@code vit}, {@code swin}, {@code llama}, {@code lora}, {@code paligemma} or {@code paligemma-lora}, examples in a batch, folder to save it to
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int batch = Integer.parseInt(arguments[1]);
        Path folder = Path.of(arguments[2]);
        try (NDManager manager = Torch.newManager()) {
            Work work = switch (arguments[0]) {
                case "vit" -> PictureWork.vit(manager, batch, folder);
                case "swin" -> PictureWork.swin(manager, batch, folder);
                case "llama" -> LanguageWork.llama(manager, batch, folder);
                case "lora" -> LanguageWork.lora(manager, batch, folder);
                case "paligemma" -> AnswerWork.paliGemma(manager, batch, folder);
                case "paligemma-lora" -> AnswerWork.lora(manager, batch, folder);
                default ->
                    throw new IllegalArgumentException("no model is called " + arguments[0]
                            + "; known are vit, swin, llama, lora, paligemma and paligemma-lora");
            };
            List<Target> targets = Target.all(work.trained);
            try (var optimizer = new BoundOptimizer(AdamW.defaults(), new TorchStep(), targets)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    double before = cpuSeconds();
                    double loss = Autograd.valueAndBackward(work.loss);
                    optimizer.step(1e-4, tensor -> 0);
                    answers.println(new Gson()
                            .toJson(Map.of("cpu_seconds", cpuSeconds() - before, "loss", loss, "peak_mib", peakMib())));
                }
            }
        }
    }

    /**
     * What a step is taken of.
     *
     * @param trained tensors by name
     * @param loss makes it, one element
     */
    record Work(Map<String, NDArray> trained, Supplier<NDArray> loss) {}

    /** Normal weights; those of normalisations are about 1. */
    static Parameters random(NDManager manager, Map<String, Shape> shapes, double scale) {
        Random random = new Random(1);
        Parameters parameters = new Parameters(manager);
        shapes.forEach((name, shape) -> {
            float[] values = new float[(int) shape.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float)
                        (scale * random.nextGaussian() + (name.contains("norm") && name.endsWith("weight") ? 1 : 0));
            }
            parameters.add(name, manager.create(values, shape));
        });
        return parameters;
    }

    /** Of the whole process: collector and compiler are part of the price. */
    static double cpuSeconds() {
        var system = (com.sun.management.OperatingSystemMXBean)
                java.lang.management.ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }

    /** Largest resident size so far; 0 where the system does not tell. */
    static long peakMib() {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
