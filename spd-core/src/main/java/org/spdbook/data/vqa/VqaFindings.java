package org.spdbook.data.vqa;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was wrong, counted by kind.
 *
 * @param counts how often; kinds that did not happen are left out
 * @param examples a sentence for each of the first few
 */
public record VqaFindings(Map<VqaProblem, Integer> counts, Map<VqaProblem, List<String>> examples) {

    private static final int NAMED = 3;

    public VqaFindings {
        counts = Collections.unmodifiableMap(copy(counts));
        examples = Collections.unmodifiableMap(copy(examples));
    }

    private static <T> Map<VqaProblem, T> copy(Map<VqaProblem, T> map) {
        Map<VqaProblem, T> copy = new EnumMap<>(VqaProblem.class);
        copy.putAll(map);
        return copy;
    }

    /** Those of several parts together. */
    public static VqaFindings of(Collection<VqaFindings> parts) {
        var sum = new Count();
        for (VqaFindings part : parts) {
            part.counts.forEach((kind, count) -> sum.counts.merge(kind, count, Integer::sum));
            part.examples.forEach((kind, sentences) -> sentences.forEach(sentence -> sum.name(kind, sentence)));
        }
        return sum.findings();
    }

    /** How often. */
    public int count(VqaProblem kind) {
        return counts.getOrDefault(kind, 0);
    }

    /** Whether all that was read can be used. */
    public boolean isHarmless() {
        return counts.keySet().stream().allMatch(VqaProblem::isHarmless);
    }

    /** One sentence for each kind: how often, and the first few. */
    public List<String> sentences() {
        return counts.keySet().stream().map(this::sentence).toList();
    }

    /** As {@link #sentences}, of what could not be used. */
    public List<String> leftOut() {
        return counts.keySet().stream()
                .filter(kind -> !kind.isHarmless())
                .map(this::sentence)
                .toList();
    }

    private String sentence(VqaProblem kind) {
        List<String> named = examples.getOrDefault(kind, List.of());
        return String.format(Locale.ROOT, "%s: %,d, ", kind.words(), count(kind))
                + String.join("; ", named)
                + (count(kind) > named.size() ? "; ..." : "");
    }

    /** Counts; not safe for several threads. */
    static final class Count {
        private final Map<VqaProblem, Integer> counts = new EnumMap<>(VqaProblem.class);
        private final Map<VqaProblem, List<String>> examples = new EnumMap<>(VqaProblem.class);

        /** Takes a sentence. */
        void add(VqaProblem kind, String sentence) {
            counts.merge(kind, 1, Integer::sum);
            name(kind, sentence);
        }

        private void name(VqaProblem kind, String sentence) {
            List<String> named = examples.computeIfAbsent(kind, none -> new ArrayList<>());
            if (named.size() < NAMED) {
                named.add(sentence);
            }
        }

        VqaFindings findings() {
            examples.replaceAll((kind, sentences) -> List.copyOf(sentences));
            return new VqaFindings(counts, examples);
        }
    }
}
