package org.spdbook.twin.answers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.spdbook.twin.ReferenceRandom;

/**
 * A question with its answer in the short style.
 *
 * @param question words and marks kept apart by spaces
 * @param answer one word
 */
record Asked(String question, String answer) {

    private static final List<String> COUNTED =
            Stream.of(Thing.COLOURS, Thing.SHAPES).flatMap(List::stream).toList();

    /**
     * Asks about a scene.
     *
     * @param wording 0 to 3
     * @param yes probability that something is there when that is asked, 0 to 1
     * @return nothing if the scene does not allow such a question
     */
    static Optional<Asked> about(Scene scene, Topic topic, int wording, double yes, ReferenceRandom random) {
        List<Thing> things = scene.coloured();
        return switch (topic) {
            case COLOUR ->
                one(things, Thing::shape, random)
                        .map(thing -> new Asked(topic.question(wording, thing.shape()), thing.colour()));
            case KNOWLEDGE ->
                one(things, Thing::shape, random)
                        .map(thing -> new Asked(topic.question(wording, thing.shape()), Thing.known(thing.colour())));
            case SHAPE ->
                one(things, Thing::colour, random)
                        .map(thing -> new Asked(topic.question(wording, thing.colour()), thing.shape()));
            case COUNT -> Optional.of(count(things, wording, random));
            case EXIST -> exist(things, wording, yes, random);
            case POSITION -> {
                int place = random.nextInt(Scene.PLACES);
                yield scene.at(place)
                        .filter(thing -> !thing.isDigit())
                        .map(thing -> new Asked(topic.question(wording, Topic.PLACES.get(place)), thing.shape()));
            }
            case TEXT ->
                scene.things().values().stream()
                        .filter(Thing::isDigit)
                        .findFirst()
                        .map(digit -> new Asked(topic.question(wording, ""), digit.shape()));
        };
    }

    /** One of those whose property no other has. */
    private static Optional<Thing> one(List<Thing> things, Function<Thing, String> property, ReferenceRandom random) {
        List<Thing> single = things.stream()
                .filter(thing -> things.stream()
                                .filter(other -> property.apply(other).equals(property.apply(thing)))
                                .count()
                        == 1)
                .toList();
        return single.isEmpty() ? Optional.empty() : Optional.of(random.pick(single));
    }

    private static Asked count(List<Thing> things, int wording, ReferenceRandom random) {
        boolean any = random.nextInt(4) == 0 || things.isEmpty();
        String what = any ? random.pick(COUNTED) : property(random.pick(things), random);
        long count = things.stream().filter(thing -> thing.is(what)).count();
        return new Asked(Topic.COUNT.question(wording, what), Long.toString(count));
    }

    private static String property(Thing thing, ReferenceRandom random) {
        return random.coin() ? thing.shape() : thing.colour();
    }

    private static Optional<Asked> exist(List<Thing> things, int wording, double yes, ReferenceRandom random) {
        if (things.isEmpty()) {
            return Optional.empty();
        }
        if (random.nextDouble() < yes) {
            return Optional.of(exist(random.pick(things), wording, Topic.YES));
        }
        while (true) {
            Thing like = random.pick(things);
            Thing other = random.coin()
                    ? new Thing(random.pick(Thing.SHAPES), like.colour())
                    : new Thing(like.shape(), random.pick(Thing.COLOURS));
            if (!things.contains(other)) {
                return Optional.of(exist(other, wording, Topic.NO));
            }
        }
    }

    private static Asked exist(Thing thing, int wording, String answer) {
        return new Asked(Topic.EXIST.question(wording, thing.colour() + " " + thing.shape()), answer);
    }

    /** The words of some that the question has, in its order. */
    List<String> words(Collection<String> some) {
        List<String> found = new ArrayList<>(List.of(question.split(" ")));
        found.retainAll(some);
        return found;
    }
}
