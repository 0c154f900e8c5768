package org.spdbook.magics.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.TextWriter;
import org.spdbook.experiment.World;
import org.spdbook.experiment.Writing;
import org.spdbook.experiment.Written;
import org.spdbook.magics.front.Front;
import org.spdbook.train.Cancel;
import picocli.CommandLine;

/** {@code generate RUN [PROMPT]}: lets the language model of a run go on with a text. */
@CommandLine.Command(
        name = "generate",
        description = {
            "Let the language model of a run go on with a text.",
            "",
            "The text that follows the prompt is shown while it is written; an interrupt ends it after a token. Without"
                    + " a prompt: three questions of the experiment, answered by the run and by the model it began with.",
            ""
        })
public final class Generate implements Word {

    @CommandLine.Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "id, its beginning, or a Java variable; with --untrained also an experiment")
    private String id = "";

    @CommandLine.Parameters(
            index = "1..*",
            paramLabel = "PROMPT",
            arity = "0..*",
            description = "how the text begins; quotes keep its spaces")
    private List<String> prompt = new ArrayList<>();

    @CommandLine.Option(names = "--untrained", description = "ask the model that the run began with")
    private boolean untrained;

    @CommandLine.Option(
            names = "--chat",
            description =
                    "a prompt per line that is typed, each for itself, until the end of the input (in a notebook: an"
                            + " empty line)")
    private boolean chat;

    @CommandLine.Mixin
    private WritingOptions options = new WritingOptions();

    @CommandLine.Option(
            names = "--profile",
            paramLabel = "SIZE",
            description = "with --untrained and an experiment: twin, pilot or paper (twin when not said)")
    private @Nullable String profile;

    @CommandLine.Mixin
    private DeviceOption device = new DeviceOption();

    @CommandLine.Mixin
    private Json json = new Json();

    @Override
    public Answer answer(Front front) throws IOException {
        Writing writing = options.writing();
        if (chat && !prompt.isEmpty()) {
            throw new IllegalArgumentException(
                    "--chat reads its prompts line by line, got also " + String.join(" ", prompt) + "; leave one out");
        }
        if (prompt.isEmpty() && !chat) {
            return new Examples(writers(front), writing, json).answer(front);
        }
        try (TextWriter writer = writer(front, untrained)) {
            return chat ? chat(front, writer, writing) : one(front, writer, writing);
        }
    }

    /** Whose answers are shown side by side; each opens its model when it is asked for. */
    private Map<String, Examples.Opening> writers(Front front) {
        Map<String, Examples.Opening> writers = new LinkedHashMap<>();
        if (!untrained) {
            writers.put(id, () -> writer(front, false));
        }
        writers.put("untrained", () -> writer(front, true));
        return writers;
    }

    private TextWriter writer(Front front, boolean before) throws IOException {
        Profile size = Profile.of(profile == null ? Profile.TWIN.word() : profile);
        if (before && World.all(size).containsKey(id)) {
            return TextWriter.untrained(World.named(id, size), device.word());
        }
        if (profile != null) {
            throw new IllegalArgumentException("--profile goes with --untrained and an experiment, got it with " + id
                    + "; leave it out, a run knows its size");
        }
        var folder = RunChoice.folder(front, id);
        return before ? TextWriter.untrained(folder, device.word()) : TextWriter.trained(folder, device.word());
    }

    private Answer one(Front front, TextWriter writer, Writing writing) {
        String text = String.join(" ", prompt);
        Written written = shown(front, writer, writing, text);
        return json.isAsked() ? Answer.of(Json.text(tree(writer, text, written))) : new Answer(null, true);
    }

    /** A prompt that cannot be read is told, and the next one asked for. */
    private Answer chat(Front front, TextWriter writer, Writing writing) throws IOException {
        boolean ok = true;
        for (Optional<String> line = front.line("> "); line.isPresent(); line = front.line("> ")) {
            try {
                if (!line.get().isBlank()) {
                    Written written = shown(front, writer, writing, line.get());
                    if (json.isAsked()) {
                        front.out().println(Json.line(tree(writer, line.get(), written)));
                    }
                    if (written.ending() == Written.Ending.STOPPED) {
                        break;
                    }
                }
            } catch (IllegalArgumentException e) {
                front.messages().println("spd: " + e.getMessage());
                ok = false;
            }
        }
        return new Answer(null, ok);
    }

    /** Writes; shows the text while it grows, unless it is to be shown as JSON. */
    private Written shown(Front front, TextWriter writer, Writing writing, String text) {
        var cancel = new Cancel();
        Front.Registration registration = front.onInterrupt(cancel::ask);
        try (registration) {
            Written written = writer.write(text, writing, piece -> show(front, piece), cancel);
            show(front, System.lineSeparator());
            if (written.ending() == Written.Ending.STOPPED) {
                front.messages().println("stopped after token " + written.tokens());
            }
            return written;
        }
    }

    private void show(Front front, String piece) {
        if (!json.isAsked()) {
            front.out().print(piece);
            front.out().flush();
        }
    }

    private static Map<String, Object> tree(TextWriter writer, String text, Written written) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("model", writer.name());
        tree.put("prompt", text);
        tree.put("text", written.text());
        tree.put("tokens", written.tokens());
        tree.put("ending", written.ending().word());
        return tree;
    }
}
