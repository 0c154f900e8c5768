package org.spdbook.experiment.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.spdbook.experiment.Known;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.SpecWords;

/**
 * All combinations of some values of some words.
 *
 * @param experiment name of a world
 * @param axes values by word, in the order typed; the last word changes fastest
 */
public record SweepGrid(String experiment, Map<String, List<String>> axes) {

    private static final Pattern RANGE = Pattern.compile("(\\d{1,6})\\.\\.(\\d{1,6})");
    private static final int MOST = 10_000;

    public SweepGrid {
        axes = Collections.unmodifiableMap(new LinkedHashMap<>(axes));
    }

    /**
     * Reads {@code lr=3e-4,1e-3 seed=0..2 optimizer=adamw,adam-spd}.
     *
     * @throws IllegalArgumentException if a word is no such pair or comes twice
     */
    public static SweepGrid parse(String experiment, List<String> words) {
        Map<String, List<String>> axes = new LinkedHashMap<>();
        for (String word : words) {
            int equal = word.indexOf('=');
            if (equal < 1 || equal == word.length() - 1) {
                throw new IllegalArgumentException(
                        "a sweep takes words such as lr=3e-4,1e-3 or seed=0..2, got " + word);
            }
            if (axes.put(word.substring(0, equal), values(word.substring(equal + 1))) != null) {
                throw new IllegalArgumentException("the word " + word.substring(0, equal)
                        + " comes twice; put its values in one, with commas between them");
            }
        }
        return new SweepGrid(experiment, axes);
    }

    private static List<String> values(String text) {
        Matcher range = RANGE.matcher(text);
        Stream<String> values = range.matches()
                ? LongStream.rangeClosed(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)))
                        .mapToObj(Long::toString)
                : Stream.of(text.split(","));
        return values.map(String::trim)
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
    }

    /**
     * One plan per combination, in order. An option that an optimizer lacks, but another one of the grid has, is left out for
     * it; combinations that are then equal count once.
     *
     * @throws IllegalArgumentException if a word or a value is not known, or the grid is empty or too large
     */
    public List<Plan> plans() {
        Set<String> anywhere = axes.getOrDefault(SpecWords.OPTIMIZER, List.of()).stream()
                .map(name -> Known.require(
                        "optimizer",
                        name,
                        org.spdbook.optim.OptimizerService.all().keySet()))
                .flatMap(name -> SpecWords.options(name).stream())
                .collect(Collectors.toSet());
        Set<String> keys = new LinkedHashSet<>();
        List<Plan> plans = new ArrayList<>();
        for (Map<String, String> words : combinations()) {
            String optimizer = Objects.requireNonNull(
                    words.getOrDefault(SpecWords.OPTIMIZER, SpecWords.DEFAULTS.get(SpecWords.OPTIMIZER)));
            List<String> own = SpecWords.options(optimizer);
            Map<String, String> given = new LinkedHashMap<>(words);
            given.keySet().removeIf(word -> anywhere.contains(word) && !own.contains(word));
            Plan plan = Plan.of(SpecWords.spec(experiment, given));
            if (keys.add(plan.key())) {
                plans.add(plan);
            }
        }
        return plans;
    }

    private List<Map<String, String>> combinations() {
        List<Map<String, String>> all = new ArrayList<>(List.of(Map.of()));
        for (Map.Entry<String, List<String>> axis : axes.entrySet()) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> words : all) {
                for (String value : axis.getValue()) {
                    Map<String, String> more = new LinkedHashMap<>(words);
                    more.put(axis.getKey(), value);
                    longer.add(more);
                }
            }
            all = longer;
            if (all.isEmpty() || all.size() > MOST) {
                throw new IllegalArgumentException("a sweep has 1 to " + MOST + " trials, this one has "
                        + (all.isEmpty() ? "none: " + axis.getKey() + " has no value" : "more"));
            }
        }
        return all;
    }
}
