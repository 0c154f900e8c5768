package org.spdbook.optim;

import java.util.function.IntToDoubleFunction;

/**
 * The numbers of one step.
 *
 * @param step count of this step, from 1
 * @param learningRate after the schedule, per step, &ge; 0
 * @param draw uniform random number in [0, 1) for the tensor of an index at this step; the same whenever it is asked
 */
public record StepContext(long step, double learningRate, IntToDoubleFunction draw) {

    public StepContext {
        if (step < 1 || !(learningRate >= 0 && learningRate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a step needs a count >= 1 and a finite learning rate >= 0, got step "
                    + step + " and rate " + learningRate);
        }
    }
}
