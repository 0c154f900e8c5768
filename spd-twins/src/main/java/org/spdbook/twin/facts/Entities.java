package org.spdbook.twin.facts;

import java.util.List;
import java.util.stream.Stream;

/**
 * Names of some entities by kind, as many of each.
 *
 * @param animals names, in the order drawn
 * @param tools names, in the order drawn
 * @param persons names, in the order drawn
 */
record Entities(List<String> animals, List<String> tools, List<String> persons) {

    Entities {
        animals = List.copyOf(animals);
        tools = List.copyOf(tools);
        persons = List.copyOf(persons);
    }

    /** The names of a kind. */
    List<String> of(Kind kind) {
        return switch (kind) {
            case ANIMAL -> animals;
            case TOOL -> tools;
            case PERSON -> persons;
        };
    }

    /** All names: animals, tools, persons. */
    Stream<String> names() {
        return Kind.all().stream().flatMap(kind -> of(kind).stream());
    }

    /** The names at some places of each kind, from the first included to the last excluded. */
    Entities part(int from, int to) {
        return new Entities(animals.subList(from, to), tools.subList(from, to), persons.subList(from, to));
    }
}
