package org.spdbook.magics;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.spdbook.experiment.table.TableGrids;
import org.spdbook.ledger.Judgement;

/**
 * What the notebook on the selection says of methods is what the claims were judged to be: each sentence that compares carries a tag
 * such as {@code (R-always: supported, +1.8 [+1.5, +2.2])} or {@code (C-always on emoji: tie)}. Without more words it is the
 * judgement over most pre-trainings.
 */
class NotebookClaimsTest {

    private static final Path NOTEBOOK = Path.of("../notebooks/06-is-it-the-selection.ipynb");

    private static final Pattern TAG = Pattern.compile(
            "\\b([TRCV]\\d?-[a-z0-9-]+|T[12])(?: on ([a-z0-9-]+))?(, pre-training 0)?:"
                    + " (supported|contradicted|tie|inconclusive|not run)(?:, ([+-][0-9.]+ \\[[+-][0-9.]+, [+-][0-9.]+\\]))?");

    /** A name of a row, such as {@code *lower rate*}. */
    private static final Pattern NAME = Pattern.compile("(?<!\\*)\\*[^*]+\\*(?!\\*)");

    private static final Pattern COMPARING = Pattern.compile(
            "\\b(higher|lower|better|best|worse|worst|beats?|gains?|loses?|ahead|behind|exceeds?|outperforms?|more accura\\w+"
                    + "|less accura\\w+|wins?|points (?:more|less|above|below))\\b",
            Pattern.CASE_INSENSITIVE);

    /** The sentences of the written cells that state something: no questions, and nothing that cites somebody. */
    private static List<String> statements() throws IOException {
        JsonObject notebook = JsonParser.parseString(Files.readString(NOTEBOOK)).getAsJsonObject();
        List<String> statements = new ArrayList<>();
        for (JsonElement cell : notebook.getAsJsonArray("cells")) {
            if (cell.getAsJsonObject().get("cell_type").getAsString().equals("markdown")) {
                sentences(text(cell.getAsJsonObject().getAsJsonArray("source")))
                        .map(sentence -> sentence.replaceAll("\\s+", " ").strip())
                        .filter(sentence -> !sentence.endsWith("?") && !sentence.contains("[@"))
                        .filter(sentence -> !sentence.startsWith("#"))
                        .forEach(statements::add);
            }
        }
        return statements;
    }

    private static String text(JsonArray lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.getAsString()));
        return text.toString();
    }

    private static Stream<String> sentences(String text) {
        return Stream.of(text.split("(?<=[.?!])\\s+(?=[A-Z*`#\\[-])|\\n\\s*\\n|\\n(?=\\s*[*#-] )"));
    }

    @Test
    void should_say_the_verdict_that_was_found_when_a_sentence_carries_a_tag() throws IOException {
        List<Judgement> judgements = Judged.all();
        int tags = 0;
        for (String sentence : statements()) {
            Matcher tag = TAG.matcher(sentence);
            while (tag.find()) {
                tags++;
                Judgement found = judgement(judgements, tag.group(1), tag.group(2), tag.group(3) != null, sentence);
                assertThat(tag.group(4)).as(sentence).isEqualTo(found.verdict().word());
                if (tag.group(5) != null) {
                    assertThat(tag.group(5))
                            .as(sentence)
                            .isEqualTo(TableGrids.estimate(
                                    "%+.1f", found.findings().get(0).estimate()));
                }
            }
        }
        assertThat(tags).isGreaterThan(9);
    }

    private static Judgement judgement(
            List<Judgement> all, String claim, @Nullable String world, boolean firstPretraining, String sentence) {
        List<Judgement> fitting = all.stream()
                .filter(one -> one.claim().id().equals(claim))
                .filter(one -> world == null || one.place().experiment().equals(world))
                .filter(one -> !firstPretraining || one.place().pretrained().last() == 0)
                .toList();
        assertThat(fitting).as("the claim and world of: " + sentence).isNotEmpty();
        assertThat(fitting.stream().map(one -> one.place().experiment()).distinct())
                .as("one world for: " + sentence)
                .hasSize(1);
        return fitting.stream()
                .max(Comparator.comparingLong(one -> one.place().pretrained().last()))
                .orElseThrow();
    }

    @Test
    void should_carry_a_tag_when_a_sentence_compares() throws IOException {
        assertThat(statements())
                .filteredOn(sentence ->
                        COMPARING.matcher(NAME.matcher(sentence).replaceAll("")).find())
                .isNotEmpty()
                .allMatch(sentence -> TAG.matcher(sentence).find(), "carries a tag of a claim");
    }
}
