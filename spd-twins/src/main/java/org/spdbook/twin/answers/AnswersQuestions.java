package org.spdbook.twin.answers;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.data.LengthBatches;
import org.spdbook.data.Pixels;
import org.spdbook.eval.Hits;
import org.spdbook.eval.Questioned;
import org.spdbook.optim.Target;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;
import org.spdbook.train.Seeds;
import org.spdbook.twin.OpenTwin;

/**
 * Questions about pictures to train on or to test on: the loss is that of the answer among all words, the test whether the most likely of all words is
 * right. Pictures are looked at once as long as the tower does not change. Its arrays belong to the model's manager.
 */
final class AnswersQuestions implements OpenTwin.Examined, Questioned {

    private static final int AT_ONCE = 100;

    private final String name;
    private final AnswersModel model;
    private final List<Item> items;
    private final List<long[]> questions;
    private final long[] expected;
    private List<String> answers = List.of();
    private @Nullable NDArray seen;

    AnswersQuestions(String name, AnswersModel model, List<Item> items) {
        this.name = name;
        this.model = model;
        this.items = items;
        this.questions = items.stream().map(Item::ids).toList();
        this.expected = items.stream().mapToLong(Item::answerId).toArray();
    }

    @Override
    public List<Target> targets() {
        return Target.all(model.parameters().asMap());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int examples() {
        return items.size();
    }

    @Override
    public NDArray loss(int[] batch, Seeds seeds, int epoch) {
        return model.loss(
                seen(batch),
                Arrays.stream(batch).mapToObj(questions::get).toList(),
                Arrays.stream(batch).mapToLong(i -> expected[i]).toArray());
    }

    /** The tokens of some pictures, [n, 16, 128]; recorded where the tower is trained. */
    private NDArray seen(int[] some) {
        if (!model.seesAlike()) {
            return looked(some);
        }
        NDArray all = seen;
        if (all == null) {
            all = Autograd.withoutRecording(() -> Scope.keep(Scope.of(this::lookedAtAll)));
            seen = all;
        }
        return Ops.rows(
                all,
                model.manager().create(Arrays.stream(some).mapToLong(i -> i).toArray()));
    }

    private NDArray lookedAtAll() {
        List<NDArray> parts = new ArrayList<>();
        for (int from = 0; from < items.size(); from += AT_ONCE) {
            int begin = from;
            int[] some = new int[Math.min(AT_ONCE, items.size() - from)];
            Arrays.setAll(some, i -> begin + i);
            parts.add(looked(some));
        }
        return Ops.concat(parts, 0);
    }

    private NDArray looked(int[] some) {
        return model.seen(model.input(Arrays.stream(some)
                .mapToObj(i -> items.get(i).drawing().pixels())
                .toList()));
    }

    @Override
    public Hits outcomes() {
        long[] told = new long[items.size()];
        for (List<Integer> some : LengthBatches.of(questions, AT_ONCE)) {
            int[] batch = some.stream().mapToInt(i -> i).toArray();
            long[] words = Autograd.withoutRecording(() -> Scope.compute(() -> model.answers(
                            seen(batch), some.stream().map(questions::get).toList())
                    .argMax(1)
                    .toLongArray()));
            for (int i = 0; i < batch.length; i++) {
                told[batch[i]] = words[i];
            }
        }
        answers = Arrays.stream(told).mapToObj(Words::word).toList();
        return Hits.of(told, expected);
    }

    @Override
    public Pixels picture(int i) {
        return items.get(i).drawing().picture();
    }

    /** As people write it, without marks of the model's own. */
    @Override
    public String question(int i) {
        return items.get(i).question().replace(" ?", "?").replace(" .", ".");
    }

    @Override
    public String answer(int i) {
        return items.get(i).answer();
    }

    @Override
    public List<String> answers() {
        return answers;
    }
}
