package org.spdbook.peft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.spdbook.model.Llama;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;
import org.spdbook.train.Seeds;

/** The small LLaMA of the fixtures with tokens to tell. */
final class TinyLlama implements AutoCloseable {

    static final Path FOLDER = Path.of("src/test/resources/fixtures/llama");
    static final List<String> FIVE = List.of("q_proj", "k_proj", "v_proj", "up_proj", "down_proj");

    private final NDManager manager = Torch.newManager();
    private final Llama llama;
    private final NDArray ids;

    TinyLlama() {
        try {
            llama = Llama.open(manager, FOLDER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ids = manager.create(new Random(5).longs(24, 1, llama.vocabulary()).toArray(), new Shape(2, 12));
    }

    NDManager manager() {
        return manager;
    }

    Llama llama() {
        return llama;
    }

    Parameters parameters() {
        return llama.parameters();
    }

    NDArray ids() {
        return ids;
    }

    NDArray loss() {
        return llama.loss(ids, null, ids);
    }

    float[] logits() {
        return values(() -> llama.logits(ids, null));
    }

    static float[] values(Supplier<NDArray> result) {
        return Scope.compute(() -> Autograd.withoutRecording(() -> result.get().toFloatArray()));
    }

    /** Adapters whose tensors are all other than zero, so that each has a gradient. */
    static <A extends Attached> A stirred(A attached) {
        Autograd.withoutRecording(() -> {
            attached.tensors().forEach((name, array) -> {
                var random = new Seeds(3).stream(name, 0, 0);
                float[] values = new float[(int) array.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (.1 * random.nextGaussian());
                }
                array.set(values);
            });
            return null;
        });
        return attached;
    }

    static LoraConfig lora(double dropout) {
        return new LoraConfig(4, 8, dropout, AdapterConfig.targets(FIVE));
    }

    /** Gradients of tensors by name, which are set to zero then. */
    static Map<String, float[]> gradients(Map<String, NDArray> tensors) {
        List<NDArray> live = Autograd.gradients(List.copyOf(tensors.values()));
        Map<String, float[]> gradients = new LinkedHashMap<>();
        int i = 0;
        for (String name : tensors.keySet()) {
            gradients.put(name, live.get(i++).toFloatArray());
        }
        Autograd.zero(live);
        return gradients;
    }

    @Override
    public void close() {
        llama.close();
        manager.close();
    }
}
