package org.spdbook.twin.facts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.spdbook.twin.ReferenceRandom;

/**
 * The world: 64 invented entities of each kind and all that is true of them. Each value of a relation that is drawn has as many entities
 * as any other, give or take one; the rest follows by {@link Rule}. Immutable.
 */
final class Encyclopedia {

    private static final long SEED = 7;
    private static final int PER_KIND = 64;
    private static final List<String> CONSONANTS = List.of("bdfgklmnprstvz".split(""));
    private static final List<String> VOWELS = List.of("aeiou".split(""));

    private final Entities all;
    private final Map<Fact, String> facts;

    private Encyclopedia(Entities all, Map<Fact, String> facts) {
        this.all = all;
        this.facts = Map.copyOf(facts);
    }

    private record Fact(String entity, Relation relation) {}

    /** The world, always the same. */
    static Encyclopedia create() {
        var random = new ReferenceRandom(SEED);
        Set<String> drawn = new LinkedHashSet<>();
        while (drawn.size() < Kind.all().size() * PER_KIND) {
            drawn.add(name(random));
        }
        List<String> names = List.copyOf(drawn);
        var all = new Entities(
                names.subList(0, PER_KIND),
                names.subList(PER_KIND, 2 * PER_KIND),
                names.subList(2 * PER_KIND, 3 * PER_KIND));
        return new Encyclopedia(all, facts(all, random));
    }

    /** Two open syllables, and a consonant behind half of them. */
    private static String name(ReferenceRandom random) {
        String syllables =
                random.pick(CONSONANTS) + random.pick(VOWELS) + random.pick(CONSONANTS) + random.pick(VOWELS);
        return random.coin() ? syllables + random.pick(CONSONANTS) : syllables;
    }

    private static Map<Fact, String> facts(Entities all, ReferenceRandom random) {
        Map<Fact, String> facts = new HashMap<>();
        for (Relation relation : Relation.values()) {
            if (!Rule.decides(relation)) {
                List<String> values = random.shuffled(balanced(relation.range()));
                for (int i = 0; i < PER_KIND; i++) {
                    facts.put(new Fact(all.of(relation.kind()).get(i), relation), values.get(i));
                }
            }
        }
        Map<Fact, String> implied = new HashMap<>();
        for (Rule rule : Rule.values()) {
            facts.forEach((fact, value) -> {
                if (fact.relation == rule.cause()) {
                    implied.put(new Fact(fact.entity, rule.effect()), rule.follows(value));
                }
            });
        }
        facts.putAll(implied);
        return facts;
    }

    /** A value for each entity of a kind, the values in turn. */
    private static List<String> balanced(List<String> values) {
        return IntStream.range(0, PER_KIND)
                .mapToObj(i -> values.get(i % values.size()))
                .toList();
    }

    /** All entities: the corpus tells of all. */
    Entities all() {
        return all;
    }

    /** The half that the questions of the fine-tuning ask about. */
    Entities seen() {
        return all.part(0, PER_KIND / 2);
    }

    /** The half that only the corpus tells of: none of the fine-tuning's questions asks about it. */
    Entities held() {
        return all.part(PER_KIND / 2, PER_KIND);
    }

    /**
     * What is true.
     *
     * @param relation one of the entity's kind
     * @throws IllegalArgumentException if the entity is not in the world or has no such relation
     */
    String value(String entity, Relation relation) {
        String value = facts.get(new Fact(entity, relation));
        if (value == null) {
            throw new IllegalArgumentException("the " + relation.word() + " of " + entity
                    + " was asked for, which is not in the toy world; ask for one of its "
                    + relation.kind().word() + "s, such as "
                    + all.of(relation.kind()).get(0));
        }
        return value;
    }

    /** An entity of a list that has another value than one of them has; drawn until there is one. */
    String differing(String entity, Relation relation, List<String> among, ReferenceRandom random) {
        String drawn;
        do {
            drawn = random.pick(among);
        } while (value(drawn, relation).equals(value(entity, relation)));
        return drawn;
    }

    /** What is asked of each entity by each of its relations, 896 questions in the order of the entities. */
    List<Cloze> clozes() {
        List<Cloze> clozes = new ArrayList<>();
        for (Kind kind : Kind.all()) {
            for (String entity : all.of(kind)) {
                for (Relation relation : Relation.of(kind)) {
                    clozes.add(cloze(entity, relation));
                }
            }
        }
        return Collections.unmodifiableList(clozes);
    }

    /** What is asked of one entity by one relation. */
    Cloze cloze(String entity, Relation relation) {
        return new Cloze(entity, relation, value(entity, relation));
    }
}
