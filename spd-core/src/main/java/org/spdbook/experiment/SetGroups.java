package org.spdbook.experiment;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Named groups of test sets, the mean over each of which stands beside that over all unseen sets, see {@link World#groups}.
 *
 * @param sets the test sets of each group, by its name, in the order of the world
 */
public record SetGroups(Map<String, List<String>> sets) {

    public SetGroups {
        sets = Collections.unmodifiableMap(new LinkedHashMap<>(sets));
    }

    /** Those of the world of a run that was tested on all of their sets. */
    public static SetGroups of(Run run) {
        return of(run.spec().experiment(), run.spec().profile(), List.of(run));
    }

    /** Those groups of a world on all of whose sets all of some runs were tested; none where the world is not known. */
    public static SetGroups of(String experiment, String profile, Collection<Run> runs) {
        World world = World.all(Profile.of(profile)).get(experiment);
        Map<String, List<String>> sets = new LinkedHashMap<>(world == null ? Map.of() : world.groups());
        sets.values()
                .removeIf(group ->
                        runs.stream().anyMatch(run -> !run.scores().keySet().containsAll(group)));
        return new SetGroups(sets);
    }

    /** Their names. */
    public List<String> names() {
        return List.copyOf(sets.keySet());
    }

    /** The test sets of a group; none for a name that no group has. */
    public List<String> of(String name) {
        return sets.getOrDefault(name, List.of());
    }

    /** For the small print: {@code Groups of test sets, each a mean: near (a, b), far (c).} Empty where there are none. */
    public String note() {
        return sets.isEmpty()
                ? ""
                : sets.entrySet().stream()
                        .map(group -> group.getKey() + " (" + String.join(", ", group.getValue()) + ")")
                        .collect(Collectors.joining(", ", "Groups of test sets, each a mean: ", "."));
    }
}
