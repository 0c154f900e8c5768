package org.spdbook.verify;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.spdbook.data.Pixels;
import org.spdbook.data.Resampling;
import org.spdbook.data.Resize;
import org.spdbook.weights.DType;
import org.spdbook.weights.JsonFile;
import org.spdbook.weights.Safetensors;
import org.spdbook.weights.TensorInfo;

/**
 * Pictures resized by Pillow: {@code cases.json} (a list of case, filter, input and output as [height, width], and mode, RGB
 * where not said) and {@code io.safetensors} with {@code in.i} and {@code out.i} (uint8, [height, width, channels]). Must be
 * equal to the last bit.
 */
public final class ResizeVerifier implements Verifier {

    private static final String CASES = "cases.json";
    private static final String TENSORS = "io.safetensors";

    @Override
    public String kind() {
        return "resize (cases.json, a list with filter, input and output; io.safetensors)";
    }

    @Override
    public boolean recognises(Path folder) throws IOException {
        Path cases = folder.resolve(CASES);
        if (!Files.exists(cases) || !Files.exists(folder.resolve(TENSORS))) {
            return false;
        }
        JsonElement list = JsonFile.read(cases);
        return list.isJsonArray()
                && !list.getAsJsonArray().isEmpty()
                && list.getAsJsonArray().get(0) instanceof JsonObject first
                && first.has("filter")
                && first.has("input")
                && first.has("output");
    }

    @Override
    public List<Difference> compare(Path folder) throws IOException {
        Path cases = folder.resolve(CASES);
        List<Difference> differences = new ArrayList<>();
        try (Safetensors tensors = Safetensors.open(folder.resolve(TENSORS))) {
            for (JsonElement element : JsonFile.read(cases).getAsJsonArray()) {
                Case one;
                try {
                    one = Case.of(element.getAsJsonObject());
                } catch (NullPointerException
                        | ClassCastException
                        | IllegalStateException
                        | IndexOutOfBoundsException
                        | NumberFormatException
                        | UnsupportedOperationException e) {
                    throw new IOException(
                            cases + ": a case needs case, filter, input and output, found " + element + "; correct it",
                            e);
                }
                differences.add(one.compare(tensors));
            }
        }
        return differences;
    }

    private record Size(int height, int width) {

        static Size of(JsonArray pair) {
            return new Size(pair.get(0).getAsInt(), pair.get(1).getAsInt());
        }

        @Override
        public String toString() {
            return height + "x" + width;
        }
    }

    private record Case(String name, Resampling kernel, String mode, Size input, Size output) {

        static Case of(JsonObject json) {
            return new Case(
                    json.get("case").getAsString(),
                    Resampling.of(json.get("filter").getAsString()),
                    json.has("mode") ? json.get("mode").getAsString() : "RGB",
                    Size.of(json.getAsJsonArray("input")),
                    Size.of(json.getAsJsonArray("output")));
        }

        Difference compare(Safetensors tensors) {
            Pixels source = pixels(tensors, "in." + name, input);
            Pixels expected = pixels(tensors, "out." + name, output);
            Pixels ours = new Resize(output.height(), output.width(), kernel).apply(source);
            String group = "case " + name + ": " + kernel.word() + " " + mode + " " + input + " -> " + output;
            return Difference.none(group, 0).and(doubles(ours), doubles(expected));
        }

        private Pixels pixels(Safetensors tensors, String tensor, Size size) {
            TensorInfo info = tensors.info(tensor);
            long[] shape = info.shape();
            if (info.dtype() != DType.U8
                    || shape.length != 3
                    || shape[0] != size.height()
                    || shape[1] != size.width()) {
                throw new IllegalArgumentException(
                        "case " + name + " needs a uint8 tensor " + tensor + " of " + size + ", found " + info);
            }
            var pixels = new Pixels(size.height(), size.width(), (int) shape[2], tensors.bytes(tensor));
            if (!pixels.mode().equals(mode)) {
                throw new IllegalArgumentException(
                        "case " + name + " needs a " + mode + " picture, found a " + pixels + " in " + tensor);
            }
            return pixels;
        }

        private static double[] doubles(Pixels pixels) {
            double[] result = new double[pixels.values().length];
            for (int i = 0; i < result.length; i++) {
                result[i] = pixels.values()[i] & 0xFF;
            }
            return result;
        }
    }
}
