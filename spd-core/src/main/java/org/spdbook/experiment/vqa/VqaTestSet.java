package org.spdbook.experiment.vqa;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.spdbook.data.vqa.VqaItem;
import org.spdbook.eval.Outcomes;
import org.spdbook.eval.Scores;
import org.spdbook.eval.TestSet;
import org.spdbook.eval.VqaAccuracy;
import org.spdbook.experiment.disk.ExampleLoader;
import org.spdbook.experiment.disk.Skipped;

/** Questions to be answered in words, scored as people answer them. Those whose pictures cannot be used are left out. Not thread-safe. */
final class VqaTestSet implements TestSet {

    private static final int AT_ONCE = 16;

    private final String name;
    private final SeeingModel model;
    private final AskedSource source;
    private final Skipped skipped;
    private final List<VqaItem> tested = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();

    /** A set. skipped: told which pictures cannot be used */
    VqaTestSet(String name, SeeingModel model, AskedSource source, Skipped skipped) {
        this.name = name;
        this.model = model;
        this.source = source;
        this.skipped = skipped;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int examples() {
        return source.size();
    }

    @Override
    public Outcomes outcomes() {
        tested.clear();
        answers.clear();
        new ExampleLoader<>(source, skipped).test(AT_ONCE, asked -> {
            asked.forEach(one -> tested.add(one.item()));
            answers.addAll(model.answers(asked));
        });
        if (tested.isEmpty()) {
            throw new IllegalStateException("none of the " + source.size() + " questions of " + name
                    + " can be asked; the first: " + skipped.all().iterator().next()
                    + "; check the data with: spd data vqa --profile paper --check");
        }
        List<VqaAccuracy.Question> questions = new ArrayList<>();
        for (int i = 0; i < tested.size(); i++) {
            questions.add(question(i));
        }
        return Scores.vqa(questions);
    }

    private VqaAccuracy.Question question(int i) {
        return new VqaAccuracy.Question(answers.get(i), tested.get(i).answers());
    }

    /** What the model last wrote about each, in order, without those left out; empty before {@link #outcomes}. */
    List<String> answers() {
        return List.copyOf(answers);
    }

    /** Accuracy in percent of what the model last wrote, by type of the answer, rounded as the original does; where the set has types. */
    Map<String, Double> byType() {
        Map<String, List<VqaAccuracy.Question>> types = new TreeMap<>();
        for (int i = 0; i < tested.size(); i++) {
            types.computeIfAbsent(tested.get(i).answerType(), any -> new ArrayList<>())
                    .add(question(i));
        }
        types.remove("");
        Map<String, Double> accuracy = new TreeMap<>();
        types.forEach((type, questions) -> accuracy.put(type, VqaAccuracy.percent(questions)));
        return accuracy;
    }
}
