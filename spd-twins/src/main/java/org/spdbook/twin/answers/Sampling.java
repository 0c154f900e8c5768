package org.spdbook.twin.answers;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.spdbook.twin.ReferenceRandom;

/**
 * How questions about pictures are drawn.
 *
 * @param topics each as likely
 * @param wordings each as likely, of 0 to 3
 * @param manner of questions and answers
 * @param count of the things in a scene, or {@link Scene#SOME}
 * @param prior of the colours
 * @param yes probability that something is there when that is asked
 * @param blur how often a picture is blurred
 * @param counterexamples whether only questions are kept that are guessed wrong from the words alone by who knows the fine-tuning
 * @param edit of the scenes
 * @param wrong share of answers that are replaced by another one, 0 to 1
 */
record Sampling(
        List<Topic> topics,
        List<Integer> wordings,
        Manner manner,
        int count,
        Prior prior,
        double yes,
        int blur,
        boolean counterexamples,
        Edit edit,
        double wrong) {

    private static final List<Integer> FIRST = List.of(0);

    /** Questions of a fine-tuning without prior: half of what is asked for is there. */
    static final Sampling EVEN =
            new Sampling(Topic.USUAL, FIRST, Manner.TUNED, Scene.SOME, Prior.NONE, .5, 0, false, Edit.NONE, 0);

    /** Questions of the fine-tuning: shapes have colours of their own, and four fifths of what is asked for is there. */
    static final Sampling BIASED = EVEN.with(Prior.USUAL, .8);

    Sampling with(Prior other, double probability) {
        return new Sampling(topics, wordings, manner, count, other, probability, blur, counterexamples, edit, wrong);
    }

    Sampling about(Topic... others) {
        return new Sampling(List.of(others), wordings, manner, count, prior, yes, blur, counterexamples, edit, wrong);
    }

    Sampling edited(Edit other) {
        return new Sampling(topics, wordings, manner, count, prior, yes, blur, counterexamples, other, wrong);
    }

    Sampling worded(List<Integer> others, Manner how) {
        return new Sampling(topics, others, how, count, prior, yes, blur, counterexamples, edit, wrong);
    }

    Sampling of(int things, int blurred) {
        return new Sampling(topics, wordings, manner, things, prior, yes, blurred, counterexamples, edit, wrong);
    }

    Sampling withCounterexamples() {
        return new Sampling(topics, wordings, manner, count, prior, yes, blur, true, edit, wrong);
    }

    Sampling withWrong(double share) {
        return new Sampling(topics, wordings, manner, count, prior, yes, blur, counterexamples, edit, share);
    }

    /** So many questions of a seed. */
    List<Item> items(long seed, int number) {
        var random = new ReferenceRandom(seed);
        return Stream.generate(() -> item(random)).limit(number).toList();
    }

    /** The next question. */
    Item item(ReferenceRandom random) {
        Optional<Item> drawn = Optional.empty();
        while (drawn.isEmpty()) {
            drawn = attempt(random);
        }
        return drawn.get();
    }

    private Optional<Item> attempt(ReferenceRandom random) {
        Topic topic = random.pick(topics);
        boolean digit = topic == Topic.TEXT || random.nextInt(5) == 0;
        Scene scene = Scene.draw(random, prior, count, digit);
        return Asked.about(scene, topic, random.pick(wordings), yes, random)
                .filter(asked -> !counterexamples || isCounterexample(topic, asked))
                .flatMap(asked -> edit.apply(scene, asked, random))
                .map(edited -> item(topic, edited, random));
    }

    private Item item(Topic topic, Edit.Edited edited, ReferenceRandom random) {
        String answer = edited.asked().answer();
        if (wrong > 0 && random.nextDouble() < wrong) {
            String right = answer;
            answer = random.pick(topic.answers().stream()
                    .filter(other -> !other.equals(right))
                    .toList());
        }
        String written = manner.isLong(random) ? Words.longOf(answer) : answer;
        return new Item(
                topic,
                Drawing.of(edited.scene(), blur, random),
                manner,
                edited.asked().question(),
                written);
    }

    private static boolean isCounterexample(Topic topic, Asked asked) {
        return switch (topic) {
            case COLOUR ->
                !asked.answer().equals(Prior.USUAL.of(asked.words(Thing.SHAPES).get(0)));
            case SHAPE -> !asked.words(Thing.COLOURS).get(0).equals(Prior.USUAL.of(asked.answer()));
            case EXIST -> asked.answer().equals(Topic.NO);
            case COUNT -> !asked.answer().equals("1");
            case POSITION, TEXT, KNOWLEDGE -> true;
        };
    }
}
