package org.spdbook.optim;

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
}
