package org.spdbook.twin.answers;

import java.util.List;
import java.util.stream.IntStream;

/** What a question is about, and how it is worded; the first wording is that of the fine-tuning. In a text {@code {x}} stands for what is asked about. */
enum Topic {
    COLOUR(
            Thing.COLOURS,
            "what color is the {x} ?",
            "which color does the {x} have ?",
            "tell the color of the {x} .",
            "the {x} is painted in which color ?"),
    SHAPE(
            Thing.SHAPES,
            "what shape is the {x} thing ?",
            "which shape does the {x} thing have ?",
            "tell the shape of the {x} one .",
            "the thing in {x} has which shape ?"),
    COUNT(
            digits(5),
            "how many {x} things are there ?",
            "what is the number of {x} things ?",
            "count the {x} things .",
            "tell how often a {x} thing is seen ."),
    EXIST(
            List.of(Topic.YES, Topic.NO),
            "is there a {x} ?",
            "can you see a {x} ?",
            "does the picture show a {x} ?",
            "tell if a {x} is seen ."),
    POSITION(
            Thing.SHAPES,
            "what is at the {x} ?",
            "which shape is at the {x} ?",
            "tell the shape at the {x} .",
            "at the {x} there is which shape ?"),
    TEXT(
            digits(10),
            "what digit is written ?",
            "which digit is seen ?",
            "read the digit .",
            "tell the digit in the picture ."),
    KNOWLEDGE(
            Thing.COLOURS.stream().map(Thing::known).toList(),
            "what has the same color as the {x} ?",
            "which thing of the world is colored like the {x} ?",
            "tell something with the color of the {x} .",
            "the {x} looks like what ?");

    /** The answer that there is such a thing. */
    static final String YES = "yes";

    /** The answer that there is none. */
    static final String NO = "no";

    /** Those of the fine-tuning, in the order in which they are drawn from. */
    static final List<Topic> USUAL = List.of(COLOUR, SHAPE, COUNT, EXIST, POSITION);

    /** Names of the places of a scene. */
    static final List<String> PLACES = List.of("topleft", "topright", "bottomleft", "bottomright");

    private final List<String> answers;
    private final List<String> wordings;

    Topic(List<String> answers, String... wordings) {
        this.answers = List.copyOf(answers);
        this.wordings = List.of(wordings);
    }

    private static List<String> digits(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    /** All that may be right, in the short style. */
    List<String> answers() {
        return answers;
    }

    /** All four texts. */
    List<String> wordings() {
        return wordings;
    }

    /** The question about something, in a wording from 0 to 3. */
    String question(int wording, String about) {
        return wordings.get(wording).replace("{x}", about);
    }

    /** The kind of its answers, as VQA has them: {@code yes/no}, {@code number} or {@code other}. */
    String kind() {
        return switch (this) {
            case EXIST -> "yes/no";
            case COUNT, TEXT -> "number";
            case COLOUR, SHAPE, POSITION, KNOWLEDGE -> "other";
        };
    }
}
