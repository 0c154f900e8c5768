package org.spdbook.twin.facts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.spdbook.twin.ReferenceRandom;

/**
 * The questions that the model is fine-tuned, chosen and tested on, family by family, no prompt twice in a set. A seed changes the training
 * questions; the test sets are the same for all but for those that a training asks. Immutable.
 */
final class FactsItems {

    private static final long TRAINING_SEED = 1000;

    private final Encyclopedia facts;

    FactsItems(Encyclopedia facts) {
        this.facts = facts;
    }

    /** A set to draw: how many of each family, about which entities, how worded. */
    private record Draw(long seed, int perFamily, Entities among, Wording wording) {}

    /** 12 of each family, about entities seen; those of a run's seed. */
    List<Question> training(long seed) {
        return drawn(new Draw(TRAINING_SEED + seed, 12, facts.seen(), Wording.FIRST), List.of());
    }

    /**
     * Some of the questions of each family, the first ones, one after the other as often as there were questions before: a model takes as many steps on
     * them.
     *
     * @param fraction above 0 and at most 1; of each family at least one question is left
     */
    static List<Question> repeated(List<Question> questions, double fraction) {
        List<Question> repeated = new ArrayList<>();
        for (Family family : Family.all()) {
            List<Question> own = questions.stream()
                    .filter(question -> question.family() == family)
                    .toList();
            int kept = Math.max(1, (int) Math.round(fraction * own.size()));
            for (int i = 0; i < own.size(); i++) {
                repeated.add(own.get(i % kept));
            }
        }
        return List.copyOf(repeated);
    }

    /**
     * 40 of each family, about the entities of the training but none of its prompts, though some ask the same with other options: a setting
     * is chosen by them.
     */
    List<Question> validation(List<Question> training) {
        return drawn(new Draw(2000, 40, facts.seen(), Wording.FIRST), training);
    }

    /**
     * 25 of each family, about the entities of the training but none of its prompts, though some ask the same with other options. Which ones
     * depends a little on the training.
     */
    List<Question> id(List<Question> training) {
        return drawn(new Draw(3000, 25, facts.seen(), Wording.FIRST), training);
    }

    /** 75 of each family, about entities that no training asks about. */
    List<Question> held() {
        return drawn(new Draw(4000, 75, facts.held(), Wording.FIRST), List.of());
    }

    /** 25 of each family, about entities of the training, in the second wording. */
    List<Question> word() {
        return drawn(new Draw(5000, 25, facts.seen(), Wording.SECOND), List.of());
    }

    /** 50 of each family, about entities that no training asks about, in the second wording. */
    List<Question> both() {
        return drawn(new Draw(6000, 50, facts.held(), Wording.SECOND), List.of());
    }

    private List<Question> drawn(Draw draw, List<Question> without) {
        var asking = new Asking(facts, draw.among, draw.wording, new ReferenceRandom(draw.seed));
        Set<String> prompts = new HashSet<>();
        without.forEach(question -> prompts.add(question.prompt()));
        List<Question> drawn = new ArrayList<>();
        for (Family family : Family.all()) {
            for (int found = 0; found < draw.perFamily; ) {
                Question question = family.question(asking);
                if (prompts.add(question.prompt())) {
                    drawn.add(question);
                    found++;
                }
            }
        }
        return List.copyOf(drawn);
    }
}
