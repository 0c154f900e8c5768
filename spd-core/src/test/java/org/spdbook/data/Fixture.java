package org.spdbook.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Objects;
import org.spdbook.weights.Safetensors;
import org.spdbook.weights.TensorInfo;

/** What {@code make_reference.py} of the pictures wrote. */
public final class Fixture {

    private Fixture() {}

    public static Path path(String name) {
        URL url = Objects.requireNonNull(Fixture.class.getResource("/fixtures/pictures/" + name), name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A tensor [height, width, 3] of bytes as a picture. */
    static Pixels pixels(String file, String tensor) {
        try (Safetensors tensors = Safetensors.open(path(file))) {
            TensorInfo info = tensors.info(tensor);
            byte[] values = new byte[(int) (info.shape()[0] * info.shape()[1] * Pixels.RGB)];
            tensors.buffer(tensor).get(values);
            return new Pixels((int) info.shape()[0], (int) info.shape()[1], Pixels.RGB, values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A tensor of floats in order. */
    static float[] floats(String file, String tensor) {
        try (Safetensors tensors = Safetensors.open(path(file))) {
            ByteBuffer buffer = tensors.buffer(tensor).order(ByteOrder.LITTLE_ENDIAN);
            float[] values = new float[buffer.remaining() / Float.BYTES];
            buffer.asFloatBuffer().get(values);
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
