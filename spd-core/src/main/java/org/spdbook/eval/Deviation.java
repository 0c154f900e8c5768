package org.spdbook.eval;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/** Distance of weights from the pre-trained ones. */
public final class Deviation {

    private Deviation() {}

    /**
     * L2 distance over all tensors of {@code before}, summed in float64.
     *
     * @param now by name, float32
     * @param before by name, with the same shapes
     */
    public static double between(Map<String, NDArray> now, Map<String, NDArray> before) {
        double sum = 0;
        for (Map.Entry<String, NDArray> entry : before.entrySet()) {
            NDArray present = now.get(entry.getKey());
            if (present == null) {
                throw new IllegalArgumentException("no weights for " + entry.getKey() + " among " + now.keySet());
            }
            float[] a = present.toFloatArray();
            float[] b = entry.getValue().toFloatArray();
            for (int i = 0; i < a.length; i++) {
                double d = (double) a[i] - b[i];
                sum += d * d;
            }
        }
        return Math.sqrt(sum);
    }
}
