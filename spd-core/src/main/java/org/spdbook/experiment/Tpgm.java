package org.spdbook.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.spdbook.optim.AdamMoments;
import org.spdbook.optim.Target;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;

/**
 * The projection of TPGM: each tensor is brought into a ball around its pre-trained values, whose radius {@code y} is learned on examples
 * that were not trained on. With {@code D} the displacement after training and {@code n} its L2 norm:
 *
 * <pre>
 *   p = a + min(1, y / n) D,  y = n / 2 at first
 *   y &lt;- Adam(y, g . D / n where y &lt; n, else 0), rate 1e-2, kept within [1e-8, n]        g = dL / dp
 * </pre>
 *
 * <p>Source: Tian, Dai, Ma, He, Liu, Kira, <i>Trainable Projected Gradient Method for Robust Fine-Tuning</i>, CVPR 2023, as the authors use it
 * for ImageNet: once after training, L2 norms.
 */
final class Tpgm {

    private static final double RATE = 1e-2;
    private static final double LEAST = 1e-8;
    private static final AdamMoments ADAM = AdamMoments.defaults();

    private final NDArray value;
    private final NDArray anchor;
    private final NDArray displacement;
    private final double norm;
    private double radius;
    private double m;
    private double v;

    private Tpgm(NDArray value, NDArray anchor) {
        this.value = value;
        this.anchor = anchor;
        this.displacement = value.sub(anchor);
        this.norm = Math.sqrt(scalar(displacement.square().sum()));
        this.radius = norm / 2;
    }

    /**
     * Learns the radii and projects the tensors in place.
     *
     * @param targets trained
     * @param pretrained by name
     * @param loss of the next held-out batch by the values that the tensors have then, one element
     */
    static void project(List<Target> targets, Map<String, NDArray> pretrained, int iterations, Supplier<NDArray> loss) {
        Scope.run(() -> {
            List<Tpgm> balls = Autograd.withoutRecording(() -> targets.stream()
                    .map(target -> new Tpgm(target.value(), Objects.requireNonNull(pretrained.get(target.name()))))
                    .toList());
            List<NDArray> values = targets.stream().map(Target::value).toList();
            for (int i = 1; i <= iterations; i++) {
                place(balls);
                Autograd.valueAndBackward(loss);
                List<NDArray> gradients = Autograd.gradients(values);
                for (int ball = 0; ball < balls.size(); ball++) {
                    balls.get(ball).learn(gradients.get(ball), i);
                }
                Autograd.withoutRecording(() -> {
                    Autograd.zero(gradients);
                    return null;
                });
            }
            place(balls);
        });
    }

    private static void place(List<Tpgm> balls) {
        Autograd.withoutRecording(() -> {
            balls.forEach(ball -> Scope.run(() -> Ops.copy(
                    ball.value,
                    ball.anchor.add(ball.displacement.mul(Math.min(1, ball.radius / (ball.norm + LEAST)))))));
            return null;
        });
    }

    private void learn(NDArray gradient, int iteration) {
        double slope = Scope.compute(() -> Autograd.withoutRecording(
                () -> radius < norm ? scalar(gradient.mul(displacement).sum()) / (norm + LEAST) : 0.0));
        m = ADAM.beta1() * m + (1 - ADAM.beta1()) * slope;
        v = ADAM.beta2() * v + (1 - ADAM.beta2()) * slope * slope;
        radius -= RATE * ADAM.direction(m, v, iteration);
        radius = Math.max(LEAST, Math.min(norm, radius));
    }

    private static double scalar(NDArray value) {
        return value.toType(DataType.FLOAT64, false).toDoubleArray()[0];
    }
}
