package org.spdbook.twin.facts;

import java.util.List;
import org.spdbook.twin.ReferenceRandom;

/**
 * What a question is drawn from.
 *
 * @param facts what is true
 * @param among entities that may be asked about
 * @param wording of the question
 * @param random drawn from, so every question of it moves it on
 */
record Asking(Encyclopedia facts, Entities among, Wording wording, ReferenceRandom random) {

    /**
     * A question for the value of a relation; {@code {e}} stands for the entity.
     *
     * @param first the first wording
     * @param second the second wording
     */
    record Form(Relation relation, String first, String second) {}

    /**
     * Two entities with different values of a relation.
     *
     * @param first the one that is right
     * @param value what it has
     */
    record Pair(String first, String second, String value) {}

    /** The wording that is asked for. */
    String worded(String first, String second) {
        return wording == Wording.FIRST ? first : second;
    }

    /** One that may be asked about. */
    String entity(Kind kind) {
        return random.pick(among.of(kind));
    }

    /** What is true of an entity. */
    String value(String entity, Relation relation) {
        return facts.value(entity, relation);
    }

    /** Two that may be asked about. */
    Pair pair(Relation relation) {
        String first = entity(relation.kind());
        String second = facts.differing(first, relation, among.of(relation.kind()), random);
        return new Pair(first, second, value(first, relation));
    }

    /** Asks which value an entity has, among some. */
    Question which(Family family, Form form, int options) {
        String entity = entity(form.relation.kind());
        String answer = value(entity, form.relation);
        String text = worded(form.first, form.second).replace("{e}", entity);
        return new Question(family, text, random.options(form.relation.range(), answer, options), answer);
    }

    /** The same for one of several forms. */
    Question which(Family family, List<Form> forms, int options) {
        return which(family, random.pick(forms), options);
    }
}
