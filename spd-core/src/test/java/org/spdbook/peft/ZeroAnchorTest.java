package org.spdbook.peft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.spdbook.optim.AdamMoments;
import org.spdbook.optim.AdamSpd;
import org.spdbook.optim.Anchor;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.Selection;
import org.spdbook.optim.Target;
import org.spdbook.optim.TensorReport;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;

/**
 * Adam-SPD on low-rank adapters, whose anchor is zero. The gradients of the two factors by themselves are the same number, that of their product by itself (paper.md 1.5), so
 * both are selected together.
 */
class ZeroAnchorTest {

    private static final int STEPS = 30;

    @Test
    void should_select_both_factors_of_a_module_together_when_the_anchor_is_zero() {
        try (var tiny = new TinyLlama()) {
            Lora lora = TinyLlama.lora(0).attach(tiny.parameters(), new Random(1));
            List<Target> targets = Target.all(lora.tensors());
            var rule = new AdamSpd(AdamMoments.defaults(), 1, Anchor.ZERO, Selection.INSTANT, AdamSpd.Norm.L2);
            int fired = 0;
            try (var optimizer = new BoundOptimizer(rule, new TorchStep(), targets)) {
                for (int step = 1; step <= STEPS; step++) {
                    Autograd.valueAndBackward(tiny::loss);
                    double[] scales = scales(targets, optimizer.gradients());
                    optimizer.step(5e-2, tensor -> 0);
                    List<TensorReport> reports = optimizer.report();
                    for (int i = 0; i < reports.size(); i += 2) {
                        TensorReport a = reports.get(i);
                        TensorReport b = reports.get(i + 1);
                        assertThat(targets.get(i).name()).endsWith(LoraConfig.A);
                        assertThat(a.condition())
                                .as("%s step %d", targets.get(i).name(), step)
                                .isCloseTo(b.condition(), within(1e-5 * Math.max(scales[i], scales[i + 1])));
                        if (step == 1) {
                            assertThat(a.selected() || b.selected()).isFalse();
                            assertThat(a.condition()).isZero();
                        } else if (Math.abs(a.condition()) > 1e-5 * scales[i]) {
                            assertThat(a.selected()).isEqualTo(b.selected()).isEqualTo(a.condition() < 0);
                            fired += a.selected() ? 1 : 0;
                        }
                    }
                }
            }
            assertThat(fired).isPositive();
        }
    }

    /** What the condition is small or large against: sum of the absolute values of what it sums. */
    private static double[] scales(List<Target> targets, List<NDArray> gradients) {
        double[] scales = new double[targets.size()];
        for (int i = 0; i < scales.length; i++) {
            NDArray value = targets.get(i).value();
            NDArray gradient = gradients.get(i);
            scales[i] = Autograd.withoutRecording(() -> Scope.compute(
                    () -> (double) Ops.full(value).mul(gradient).abs().sum().getFloat()));
        }
        return scales;
    }
}
