package org.spdbook.experiment;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.spdbook.eval.Deviation;
import org.spdbook.optim.NumberedWord;
import org.spdbook.optim.Target;
import org.spdbook.torch.Scope;

/**
 * What is done to the trained weights before they are tested, without training. With {@code p} trained and {@code a} pre-trained:
 *
 * <pre>
 *   none                  p
 *   wise(A)               a + A (p - a)        WiSE-FT, Wortsman et al., <i>Robust fine-tuning of zero-shot models</i>, CVPR 2022; of a
 *                                              tensor of an adapter, {@code a} is what it began with
 *   shrink(D)             a + s (p - a)        one s for all tensors, so that the deviation is D; s is at most 1
 *   shrink-each(d1 ...)   a + s_i (p - a)      one s for each tensor in the model's order, likewise
 *   tpgm(N)               a + min(1, y_i / n_i) (p - a)   radii y learned in N steps on validation examples, see {@link Tpgm}
 * </pre>
 *
 * <p>Other than in wise, {@code a} is zero for tensors of adapters. Where none are trained, WiSE-FT and the first shrinkage at a given deviation
 * are the same weights. What begins at A = 0 of LoRA is the pre-trained model, for one of its factors is zero then; but the product of two factors
 * half the way is no mean of weights. The SPD paper's authors average factors so.
 *
 * @param kind which
 * @param numbers A in [0, 1], D, one distance per tensor, or N, all at least 0
 */
public record Finish(Kind kind, List<Double> numbers) {

    /** The weights as they are. */
    public static final Finish NONE = new Finish(Kind.NONE, List.of());

    /** Kinds of finish. */
    public enum Kind {
        NONE,
        WISE,
        SHRINK,
        SHRINK_EACH,
        TPGM;

        private String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Finish {
        numbers = List.copyOf(numbers);
        boolean countFits = switch (kind) {
            case NONE -> numbers.isEmpty();
            case WISE, SHRINK -> numbers.size() == 1;
            case SHRINK_EACH -> !numbers.isEmpty();
            case TPGM -> numbers.size() == 1 && numbers.get(0) % 1 == 0;
        };
        if (!countFits || !numbers.stream().allMatch(one -> one >= 0 && (kind != Kind.WISE || one <= 1))) {
            throw unknown(new NumberedWord(kind.word(), numbers).toString());
        }
    }

    /** Examples of all that {@link #parse} reads. */
    public static List<String> words() {
        return List.of("none", "wise(0.75)", "shrink(1.5)", "shrink-each(0.1 0.2)", "tpgm(200)");
    }

    /**
     * Reads one of {@link #words}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Finish parse(String text) {
        NumberedWord read = NumberedWord.parse(text).orElseThrow(() -> unknown(text));
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(read.word())) {
                return new Finish(kind, read.numbers());
            }
        }
        throw unknown(text);
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException(
                "finish takes none, wise(A) with A in [0, 1], shrink(D) or shrink-each(d1 d2 ...)"
                        + " with distances, or tpgm(N) with a number of steps, got " + text);
    }

    @Override
    public String toString() {
        return kind == Kind.TPGM
                ? kind.word() + "(" + numbers.get(0).intValue() + ")"
                : new NumberedWord(kind.word(), numbers).toString();
    }

    /** Whether the values that adapters began with are to be given as {@code a}. */
    boolean goesToInitial() {
        return kind == Kind.WISE;
    }

    /**
     * Changes trained tensors in place.
     *
     * @param targets in the model's order
     * @param pretrained {@code a} by name, with the same shapes
     * @param heldOut loss of the next batch that was not trained on; asked by tpgm only
     * @throws IllegalArgumentException if there are distances for another number of tensors
     */
    void apply(List<Target> targets, Map<String, NDArray> pretrained, Supplier<NDArray> heldOut) {
        if (kind == Kind.SHRINK_EACH && numbers.size() != targets.size()) {
            throw new IllegalArgumentException("finish shrink-each has " + numbers.size()
                    + " distances, but the model trains " + targets.size() + " tensors; give one for each");
        }
        if (kind == Kind.TPGM) {
            Tpgm.project(targets, pretrained, numbers.get(0).intValue(), heldOut);
            return;
        }
        double common = switch (kind) {
            case WISE -> numbers.get(0);
            case SHRINK -> factor(numbers.get(0), targets, pretrained);
            case NONE, SHRINK_EACH, TPGM -> 1;
        };
        boolean stays = kind == Kind.NONE || kind == Kind.WISE && common == 1; // a + (p - a) would round
        for (int i = 0; i < targets.size() && !stays; i++) {
            Target target = targets.get(i);
            double factor = kind == Kind.SHRINK_EACH ? factor(numbers.get(i), List.of(target), pretrained) : common;
            Scope.run(() -> {
                NDArray anchor = anchor(target, pretrained);
                target.value().subi(anchor).muli(factor).addi(anchor);
            });
        }
    }

    private static double factor(double distance, List<Target> targets, Map<String, NDArray> pretrained) {
        double now = Deviation.between(
                targets.stream().collect(Collectors.toMap(Target::name, Target::value)),
                targets.stream().collect(Collectors.toMap(Target::name, target -> anchor(target, pretrained))));
        return now > distance ? distance / now : 1;
    }

    private static NDArray anchor(Target target, Map<String, NDArray> pretrained) {
        return Objects.requireNonNull(pretrained.get(target.name()), target.name());
    }
}
