package org.spdbook.twin.facts;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.spdbook.twin.ReferenceRandom;

/**
 * The texts that the model is pre-trained on. Of 100 documents about 45 tell some facts of an entity, 20 ask for a fact and answer, 12
 * make a claim and judge it, 13 tell two entities apart, 6 choose from a list and 4 state a rule. Immutable.
 */
final class Corpus {

    private static final long RETENTION_SEED = 777;
    private static final int RETENTION_DOCUMENTS = 256;

    private final Encyclopedia facts;

    Corpus(Encyclopedia facts) {
        this.facts = facts;
    }

    /** The documents of a seed, words and marks apart by one space each. */
    List<String> documents(long seed, int count) {
        var random = new ReferenceRandom(seed);
        return Stream.generate(() -> document(random)).limit(count).toList();
    }

    /** 256 documents, on which the loss after fine-tuning tells what is left of the pre-training. */
    List<String> retention() {
        return documents(RETENTION_SEED, RETENTION_DOCUMENTS);
    }

    /** The next document. */
    String document(ReferenceRandom random) {
        int percent = random.nextInt(100);
        Kind kind = random.pick(Kind.all());
        String entity = random.pick(facts.all().of(kind));
        if (percent < 45) {
            return biography(kind, entity, random);
        }
        if (percent >= 96) {
            return random.pick(Rule.sentences()) + " .";
        }
        Relation relation = random.pick(Relation.of(kind));
        if (percent < 65) {
            return facts.cloze(entity, relation).document();
        }
        if (percent < 77) {
            return claim(entity, relation, random);
        }
        return percent < 90 ? contrast(entity, relation, random) : choice(entity, relation, random);
    }

    /** Three or four facts. */
    private String biography(Kind kind, String entity, ReferenceRandom random) {
        List<Relation> relations = random.shuffled(Relation.of(kind));
        int told = 3 + random.nextInt(2);
        return relations.stream()
                .limit(told)
                .map(relation -> relation.statement(entity, facts.value(entity, relation), random))
                .collect(Collectors.joining(" . ", "", " ."));
    }

    /** A statement, true half of the time, and whether it was. */
    private String claim(String entity, Relation relation, ReferenceRandom random) {
        boolean isTrue = random.coin();
        String value = facts.value(entity, relation);
        String claimed = isTrue ? value : random.other(relation.range(), value);
        return "they told me that " + relation.statement(entity, claimed, random) + " . that was "
                + (isTrue ? "right" : "wrong") + " .";
    }

    /** Which of two entities has a value. */
    private String contrast(String entity, Relation relation, ReferenceRandom random) {
        String other = facts.differing(entity, relation, facts.all().of(relation.kind()), random);
        String both = random.coin() ? entity + " and " + other : other + " and " + entity;
        String which = relation.whichStatement(facts.value(entity, relation), random);
        return "of " + both + " : " + which + " : " + entity + " .";
    }

    /** Three values, and the one that is true. */
    private String choice(String entity, Relation relation, ReferenceRandom random) {
        String value = facts.value(entity, relation);
        List<String> options = random.options(relation.range(), value, 3);
        return entity + " : " + String.join(" or ", options) + " ? " + value + " .";
    }
}
