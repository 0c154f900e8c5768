package org.spdbook.magics.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.Trained;
import picocli.CommandLine;

/** The option {@code --peft}: the usual names of what {@code trained} chooses. */
final class PeftOption {

    private static final String TRAINED = "trained";

    @CommandLine.Option(
            names = "--peft",
            paramLabel = "KIND",
            split = ",",
            description = "train few parameters: lora, series, parallel, prefix, bitfit or probe; the same as trained="
                    + "lora, series, parallel, prefix, biases or head")
    private List<String> kinds = new ArrayList<>();

    /**
     * Puts the kind, if there is one, among the parts of a recipe.
     *
     * @throws IllegalArgumentException if it is not known or not the only one, or the parts have their own
     */
    void into(Map<String, String> parts) {
        if (kinds.size() > 1) {
            throw new IllegalArgumentException("one --peft is taken here, got " + String.join(",", kinds)
                    + "; choose one, or train all of them with: spd sweep EXPERIMENT --peft "
                    + String.join(",", kinds));
        }
        if (!kinds.isEmpty()) {
            refuse(parts.get(TRAINED));
            parts.put(TRAINED, Trained.ofPeft(kinds.get(0)));
        }
    }

    /**
     * Puts the kinds, if there are some, behind the words of a sweep.
     *
     * @throws IllegalArgumentException if one is not known, or the words have their own
     */
    List<String> with(List<String> words) {
        List<String> all = new ArrayList<>(words);
        if (!kinds.isEmpty()) {
            words.stream()
                    .filter(word -> word.startsWith(TRAINED + "="))
                    .forEach(word -> refuse(word.substring(TRAINED.length() + 1)));
            all.add(TRAINED + "="
                    + String.join(",", kinds.stream().map(Trained::ofPeft).toList()));
        }
        return all;
    }

    private void refuse(@Nullable String trained) {
        if (trained != null) {
            throw new IllegalArgumentException("--peft and " + TRAINED + " say the same, got --peft "
                    + String.join(",", kinds) + " and " + TRAINED + "=" + trained + "; leave one of them out");
        }
    }
}
