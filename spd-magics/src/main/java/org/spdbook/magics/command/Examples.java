package org.spdbook.magics.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.TextModel;
import org.spdbook.experiment.TextWriter;
import org.spdbook.experiment.Writing;
import org.spdbook.experiment.Written;
import org.spdbook.magics.front.Front;
import org.spdbook.train.Cancel;

/**
 * Questions whose answers are known, with what models answer: one model in memory at a time.
 *
 * @param writers models by name, all of one world and seed
 */
record Examples(Map<String, Opening> writers, Writing writing, Json json) {

    /** Opens a model; the caller closes it. */
    @FunctionalInterface
    interface Opening {
        TextWriter open() throws IOException;
    }

    /** The table; what is missing in it was not written because of an interrupt. */
    Answer answer(Front front) throws IOException {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        List<TextModel.Example> examples = List.of();
        var cancel = new Cancel();
        Front.Registration registration = front.onInterrupt(cancel::ask);
        try (registration) {
            for (Map.Entry<String, Opening> one : writers.entrySet()) {
                try (TextWriter writer = one.getValue().open()) {
                    examples = writer.examples();
                    answers.put(one.getKey(), texts(writer, examples, cancel));
                }
            }
        }
        return Answer.of(json.isAsked() ? Json.text(tree(examples, answers)) : grid(examples, answers));
    }

    private List<String> texts(TextWriter writer, List<TextModel.Example> examples, Cancel cancel) {
        return examples.stream()
                .map(example -> writer.answer(example, writing, cancel))
                .map(Written::text)
                .toList();
    }

    private static Grid grid(List<TextModel.Example> examples, Map<String, List<String>> answers) {
        List<String> header = new ArrayList<>(List.of("prompt"));
        header.addAll(answers.keySet());
        header.add("right");
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            List<String> row = new ArrayList<>(List.of(examples.get(i).prompt()));
            for (List<String> texts : answers.values()) {
                row.add(texts.get(i));
            }
            row.add(examples.get(i).answer());
            rows.add(row);
        }
        return Grid.of(header, rows)
                .withCaption("What follows the prompts")
                .withNote("None of them was trained on. Write your own: generate RUN PROMPT");
    }

    private static List<Map<String, Object>> tree(List<TextModel.Example> examples, Map<String, List<String>> answers) {
        List<Map<String, Object>> tree = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("prompt", examples.get(i).prompt());
            for (String name : answers.keySet()) {
                one.put(name, Objects.requireNonNull(answers.get(name)).get(i));
            }
            one.put("right", examples.get(i).answer());
            tree.add(one);
        }
        return tree;
    }
}
