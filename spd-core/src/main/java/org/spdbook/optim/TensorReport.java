package org.spdbook.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * What a step did to one tensor.
 *
 * @param condition c of eq. 3 (accumulated where the selection says so); 0 for rules without one
 * @param selected whether the tensor was pulled back
 * @param ratio r of eq. 9 in [0, 1]; 0 when not selected; the mean over rows with the row norm
 */
public record TensorReport(double condition, boolean selected, double ratio) {

    /** The report of a rule that selects nothing. */
    public static final TensorReport NONE = new TensorReport(0, false, 0);

    /** Reports of tensors as {@link UpdateRule#fusedStep} returns them, [n, 3]; {@code manager} owns the array. */
    static NDArray array(NDManager manager, List<TensorReport> reports) {
        float[] values = new float[3 * reports.size()];
        for (int i = 0; i < reports.size(); i++) {
            values[3 * i] = (float) reports.get(i).condition();
            values[3 * i + 1] = reports.get(i).selected() ? 1 : 0;
            values[3 * i + 2] = (float) reports.get(i).ratio();
        }
        return manager.create(values, new Shape(reports.size(), 3));
    }
}
