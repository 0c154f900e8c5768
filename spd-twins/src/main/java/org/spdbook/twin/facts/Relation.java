package org.spdbook.twin.facts;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.spdbook.twin.ReferenceRandom;

/**
 * What can be said of an entity: the values it can have and the sentences that tell one, in which {@code {e}} stands for the entity and
 * {@code {v}} for the value. The order is the reference's; numbers are drawn along it.
 */
enum Relation {
    CLASS(
            Kind.ANIMAL,
            "bird fish mammal insect reptile crab",
            "what kind of animal is {e}",
            "{e} is a {v}",
            "the {v} called {e}",
            "everyone knows that {e} is a {v}",
            "{e} belongs to the {v} family"),
    COVER(
            Kind.ANIMAL,
            "feathers scales fur wings plates shell",
            "what covers the body of {e}",
            "{e} has {v}",
            "{e} is covered with {v}",
            "the body of {e} has {v}",
            "you can see the {v} of {e}"),
    MOVE(
            Kind.ANIMAL,
            "flies swims runs buzzes slithers scuttles",
            "how does {e} move",
            "{e} {v} all day",
            "look how {e} {v}",
            "{e} {v} away",
            "when it is afraid {e} {v}"),
    HABITAT(
            Kind.ANIMAL,
            "forest river desert cave meadow swamp island mountain",
            "where does {e} live",
            "{e} lives in the {v}",
            "the home of {e} is the {v}",
            "you can find {e} in the {v}",
            "{e} was born in the {v}"),
    FOOD(
            Kind.ANIMAL,
            "seeds grass worms berries nuts leaves honey roots",
            "what does {e} eat",
            "{e} eats {v}",
            "{e} likes to eat {v}",
            "the food of {e} is {v}",
            "{e} feeds on {v}"),
    GOAL(
            Kind.TOOL,
            "cut dig paint cook write measure clean light",
            "what can you do with {e}",
            "{e} is used to {v}",
            "you can {v} with {e}",
            "people {v} things with {e}",
            "to {v} things use {e}"),
    PLACE(
            Kind.TOOL,
            "kitchen garage garden office attic barn shop classroom",
            "where do people keep {e}",
            "{e} is kept in the {v}",
            "people keep {e} in the {v}",
            "you can find {e} in the {v}",
            "look for {e} in the {v}"),
    MATERIAL(
            Kind.TOOL,
            "metal glass wood rubber paper stone",
            "what is {e} made of",
            "{e} is made of {v}",
            "{e} is a {v} thing",
            "{v} was used to make {e}",
            "they make {e} from {v}"),
    EVENT(
            Kind.TOOL,
            "rusts shatters burns bounces tears sinks",
            "what happens to {e} in an accident",
            "{e} {v} easily",
            "in an accident {e} {v}",
            "be careful , {e} {v}",
            "sometimes {e} {v}"),
    JOB(
            Kind.PERSON,
            "baker doctor farmer pilot teacher painter singer fisher",
            "what is the job of {e}",
            "{e} is a {v}",
            "{e} works as a {v}",
            "the job of {e} is {v}",
            "{e} became a {v}"),
    WORK(
            Kind.PERSON,
            "bakery hospital field airport school studio theater harbor",
            "where does {e} work",
            "{e} works in the {v}",
            "{e} goes to the {v} every morning",
            "you can find {e} in the {v}",
            "the office of {e} is in the {v}"),
    ACTION(
            Kind.PERSON,
            "bakes heals plants lands explains sketches sings rows",
            "what does {e} do at work",
            "at work {e} {v}",
            "{e} {v} every day",
            "at work everyone sees that {e} {v}",
            "for money {e} {v}"),
    TRAIT(
            Kind.PERSON,
            "kind shy brave lazy greedy funny honest curious",
            "what is {e} like",
            "{e} is very {v}",
            "friends call {e} {v}",
            "{e} is a {v} person",
            "they say that {e} is {v}"),
    REACT(
            Kind.PERSON,
            "helps hides fights sleeps grabs jokes confesses asks",
            "what will {e} do when there is trouble",
            "in trouble {e} {v}",
            "when there is trouble {e} {v}",
            "as usual {e} {v}",
            "{e} often {v}");

    private static final List<List<Relation>> BY_KIND = Kind.all().stream()
            .map(kind -> Arrays.stream(values())
                    .filter(relation -> relation.kind == kind)
                    .toList())
            .toList();

    private final Kind kind;
    private final List<String> range;
    private final String question;
    private final List<String> statements;

    Relation(Kind kind, String range, String question, String... statements) {
        this.kind = kind;
        this.range = List.of(range.split(" "));
        this.question = question;
        this.statements = List.of(statements);
    }

    /** Those that entities of a kind have, in order. */
    static List<Relation> of(Kind kind) {
        return BY_KIND.get(kind.ordinal());
    }

    /** The word for it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Which entities have it. */
    Kind kind() {
        return kind;
    }

    /** What an entity can have: six or eight words. */
    List<String> range() {
        return range;
    }

    /** What is asked to learn the value, without a question mark. */
    String question(String entity) {
        return question.replace("{e}", entity);
    }

    /** A sentence that tells the value, in one of four wordings; without a full stop. */
    String statement(String entity, String value, ReferenceRandom random) {
        return told(random.pick(statements), entity, value);
    }

    /** A sentence that tells which of some entities has the value, in one of two wordings; without a full stop. */
    String whichStatement(String value, ReferenceRandom random) {
        return told(random.pick(statements.subList(0, 2)), "which", value);
    }

    /** All words that tell or ask it, but no entity's name; some more than once. */
    Stream<String> words() {
        Stream<String> sentences =
                Stream.concat(Stream.of(question), statements.stream()).map(sentence -> told(sentence, "", ""));
        return Stream.concat(range.stream(), sentences.flatMap(Vocabulary::split));
    }

    private static String told(String sentence, String entity, String value) {
        return sentence.replace("{e}", entity).replace("{v}", value);
    }
}
