package org.spdbook.benchmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.spdbook.model.Llama;
import org.spdbook.model.LlamaConfig;
import org.spdbook.model.Rotary;
import org.spdbook.nn.Activation;
import org.spdbook.optim.AdamMoments;
import org.spdbook.optim.AdamSpd;
import org.spdbook.optim.Anchor;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.Selection;
import org.spdbook.optim.Target;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.peft.AdapterConfig;
import org.spdbook.peft.Attached;
import org.spdbook.peft.LoraConfig;
import org.spdbook.peft.MemoryPlan;
import org.spdbook.torch.NativeMemory;
import org.spdbook.torch.Precision;
import org.spdbook.torch.Torch;
import org.spdbook.train.Gradients;

/**
 * Training steps of LoRA on a LLaMA of 1.1 billion random weights in bfloat16, which are mapped from a file: seconds, losses and the peak of memory as a line of
 * JSON.
 */
public final class AdapterSteps {

    private static final LlamaConfig CONFIG = new LlamaConfig(
            32_000, 2048, 5632, 22, 32, 4, 64, Activation.SILU, 1e-5, Rotary.of(10_000), false, -1, List.of(2));
    private static final int TOKENS = 256;
    private static final int HEADER = 8;

    private AdapterSteps() {}

    /**
     * Writes the model first if the folder has none, 2.2 GB.
     *
     * @param arguments folder of the model, {@code plain} or {@code recomputed}, steps
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        boolean recompute = arguments[1].equals("recomputed");
        int steps = Integer.parseInt(arguments[2]);
        if (Files.notExists(folder.resolve("config.json"))) {
            write(folder);
        }
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        AdapterConfig adapters = new LoraConfig(
                32, 64, .05, AdapterConfig.targets(List.of("q_proj", "k_proj", "v_proj", "up_proj", "down_proj")));
        try (NDManager manager = Torch.newManager();
                Llama llama = Llama.openFrozen(manager, folder)) {
            Attached attached = adapters.attach(llama.parameters(), new Random(1));
            List<Target> targets = Target.all(attached.tensors());
            NDArray ids = manager.create(
                    new Random(2).longs(TOKENS, 1, CONFIG.vocabulary()).toArray(), new Shape(1, TOKENS));
            var gradients = new Gradients(recompute, Precision.BF16);
            var rule = new AdamSpd(AdamMoments.defaults(), 1, Anchor.ZERO, Selection.INSTANT, AdamSpd.Norm.L2);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("recompute", recompute);
            answer.put("trained", attached.count());
            answer.put("before_mib", NativeMemory.resident().orElse(0) >> 20);
            try (var optimizer = new BoundOptimizer(rule, new TorchStep(), targets)) {
                for (int step = 0; step < steps; step++) {
                    long began = System.nanoTime();
                    Torch.seed(step);
                    answer.put("loss_" + step, gradients.of(() -> llama.trainingLoss(ids, null, ids)));
                    optimizer.step(3e-4, tensor -> 0);
                    answer.put("seconds_" + step, (System.nanoTime() - began) / 1e9);
                }
            }
            answer.put("peak_mib", NativeMemory.peak().orElse(0) >> 20);
            answer.put(
                    "planned_mib",
                    new MemoryPlan(CONFIG, adapters, new MemoryPlan.Batch(1, TOKENS), DataType.BFLOAT16, 2)
                                    .total(recompute)
                            >> 20);
            answers.println(new GsonBuilder().create().toJson(answer));
        }
    }

    /** Random weights as the top halves of float32 values: normal with s.d. 0.02, norms one. */
    private static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Map<String, Shape> shapes = Llama.shapes(CONFIG);
        JsonObject header = new JsonObject();
        long offset = 0;
        for (Map.Entry<String, Shape> entry : shapes.entrySet()) {
            JsonObject tensor = new JsonObject();
            tensor.addProperty("dtype", "BF16");
            tensor.add(
                    "shape",
                    new GsonBuilder().create().toJsonTree(entry.getValue().getShape()));
            long end = offset + 2 * entry.getValue().size();
            tensor.add("data_offsets", new GsonBuilder().create().toJsonTree(new long[] {offset, end}));
            header.add(entry.getKey(), tensor);
            offset = end;
        }
        StringBuilder text = new StringBuilder(header.toString());
        while (text.length() % HEADER != 0) {
            text.append(' ');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        Random random = new Random(1);
        short[] normals = new short[1 << 20];
        for (int i = 0; i < normals.length; i++) {
            normals[i] = (short) (Float.floatToIntBits((float) (.02 * random.nextGaussian())) >>> 16);
        }
        short one = (short) (Float.floatToIntBits(1) >>> 16);
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(folder.resolve("model.safetensors")), 1 << 20)) {
            out.write(java.nio.ByteBuffer.allocate(HEADER)
                    .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                    .putLong(bytes.length)
                    .array());
            out.write(bytes);
            for (Map.Entry<String, Shape> entry : shapes.entrySet()) {
                boolean norm = entry.getKey().contains("norm");
                int place = random.nextInt(normals.length);
                for (long i = 0; i < entry.getValue().size(); i++) {
                    short value = norm ? one : normals[(int) ((place + i) & (normals.length - 1))];
                    out.write(value);
                    out.write(value >>> 8);
                }
            }
        }
        Files.writeString(folder.resolve("config.json"), CONFIG.toJson().toString());
    }
}
