package org.spdbook.twin.answers;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.spdbook.twin.ReferenceRandom;

/** What is changed about a scene after the question about it was asked. */
enum Edit {
    /** Nothing. */
    NONE,
    /** A thing that does not matter is taken away: the answer stays. IV-VQA: Agarwal, Shetty, Fritz, CVPR 2020, as {@link #COUNTED}. */
    UNRELATED,
    /** One of the things that are counted is taken away: the answer is one less. */
    COUNTED;

    private static final Set<String> SHOWN = Stream.of(Thing.SHAPES, Thing.COLOURS, Topic.PLACES)
            .flatMap(List::stream)
            .collect(Collectors.toSet());

    /**
     * A scene and the answer about it.
     *
     * @param asked as before, with the answer that is right now
     */
    record Edited(Scene scene, Asked asked) {}

    /** Changes a scene; nothing if that cannot be done. */
    Optional<Edited> apply(Scene scene, Asked asked, ReferenceRandom random) {
        return switch (this) {
            case NONE -> Optional.of(new Edited(scene, asked));
            case UNRELATED -> {
                List<String> meant = asked.words(SHOWN);
                List<Integer> others = scene.things().keySet().stream()
                        .filter(place -> !meant.contains(Topic.PLACES.get(place)))
                        .filter(place -> meant.stream()
                                .noneMatch(word -> scene.at(place).orElseThrow().is(word)))
                        .toList();
                yield others.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Edited(scene.without(random.pick(others)), asked));
            }
            case COUNTED -> {
                if (asked.answer().equals("0")) {
                    yield Optional.empty();
                }
                String counted = asked.words(SHOWN).get(0);
                List<Integer> places = scene.things().keySet().stream()
                        .filter(place -> scene.at(place).orElseThrow().is(counted))
                        .toList();
                String less = Integer.toString(Integer.parseInt(asked.answer()) - 1);
                yield Optional.of(new Edited(scene.without(random.pick(places)), new Asked(asked.question(), less)));
            }
        };
    }
}
