package org.spdbook.experiment;

import ai.djl.Device;
import java.util.List;
import java.util.function.Consumer;
import org.spdbook.model.generation.Generator;
import org.spdbook.model.generation.Prompts;
import org.spdbook.torch.Torch;
import org.spdbook.train.Cancel;
import org.spdbook.train.Seeds;

/**
 * A language model in memory that goes on with texts: that of a run, or one that no run has trained. Keeps nothing from one prompt to the
 * next. All methods wait for the one worker thread. Close it to free the model.
 */
public final class TextWriter implements AutoCloseable {

    private static final String UNTRAINED = ", untrained";

    private final String name;
    private final OpenWorld open;
    private final TextModel texts;

    private TextWriter(String name, OpenWorld open, TextModel texts) {
        this.name = name;
        this.open = open;
        this.texts = texts;
    }

    /**
     * The model of a run with its stored weights.
     *
     * @param device word of the device that it computes on: {@code cpu}, {@code gpu} or {@code gpu(1)}
     * @throws IllegalArgumentException if the run has not ended, or its model writes no texts
     */
    public static TextWriter trained(RunFolder folder, String device) {
        return Worker.run(new Cancel(), () -> {
            folder.load();
            folder.verifyModel();
            Plan plan = Plan.of(folder.spec()).on(device);
            OpenWorld open = plan.open();
            return of(folder.id(), open, plan.world(), () -> {
                plan.adapt(open);
                Experiment.assign(open, folder);
            });
        });
    }

    /**
     * The model that a run began with.
     *
     * @param device word of the device that it computes on
     * @throws IllegalArgumentException if it writes no texts
     */
    public static TextWriter untrained(RunFolder folder, String device) {
        return Worker.run(new Cancel(), () -> {
            Plan plan = Plan.of(folder.spec()).on(device);
            return of(folder.id() + UNTRAINED, plan.open(), plan.world(), () -> {});
        });
    }

    /**
     * The model of a world before training.
     *
     * @param device word of the device that it computes on
     * @throws IllegalArgumentException if it writes no texts
     */
    public static TextWriter untrained(World world, String device) {
        Device chosen = Torch.device(device);
        return Worker.run(
                new Cancel(),
                () -> of(world.name() + UNTRAINED, world.open(world.defaultDomain(), 0, chosen), world, () -> {}));
    }

    /** Something that may fail because of a file. */
    private interface Preparing {
        void run() throws Exception;
    }

    private static TextWriter of(String name, OpenWorld open, World world, Preparing preparing) throws Exception {
        try {
            TextModel texts = open.texts()
                    .orElseThrow(() -> new IllegalArgumentException("the model of " + world.name()
                            + " writes no texts; choose an experiment with a language model, such as commonsense"));
            preparing.run();
            return new TextWriter(name, open, texts);
        } catch (Exception e) {
            open.close();
            throw e;
        }
    }

    /** Whose model it is: the id of a run, or that or an experiment with {@code , untrained}. */
    public String name() {
        return name;
    }

    /**
     * Goes on with a text.
     *
     * @param listener is told what is written while it is, in pieces, on the worker thread; by a beam search only when all is written
     * @param cancel asked before each token; once asked, what is there is the result
     * @throws IllegalArgumentException if the model cannot read the prompt, or is asked for what it cannot do
     */
    public Written write(String prompt, Writing writing, Consumer<String> listener, Cancel cancel) {
        return Worker.run(cancel, () -> {
            var pieces = new TextPieces(texts, listener);
            Prompts prompts = Prompts.of(List.of(texts.encode(prompt)), 0);
            new Generator(texts.model(), writing.config(texts))
                    .generate(prompts, new Seeds(writing.seed()).stream("text", 0, 0), pieces, cancel::isAsked);
            String text = pieces.whole();
            return new Written(text, pieces.tokens(), ending(pieces, writing, cancel));
        });
    }

    private Written.Ending ending(TextPieces pieces, Writing writing, Cancel cancel) {
        if (pieces.hasEnded()) {
            return Written.Ending.ENDED;
        }
        boolean isShort = pieces.tokens() < writing.tokens(texts);
        return isShort && cancel.isAsked() ? Written.Ending.STOPPED : Written.Ending.FULL;
    }

    /** Prompts to try, see {@link TextModel#examples}. */
    public List<TextModel.Example> examples() {
        return Worker.run(new Cancel(), texts::examples);
    }

    /** Answers one of the {@link #examples}; with as many tokens as its answer has, where no number is said. */
    public Written answer(TextModel.Example example, Writing writing, Cancel cancel) {
        return write(example.prompt(), writing.orTokens(example.tokens()), piece -> {}, cancel);
    }

    @Override
    public void close() {
        Worker.run(new Cancel(), () -> {
            open.close();
            return true;
        });
    }
}
