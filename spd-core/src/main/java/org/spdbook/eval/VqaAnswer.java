package org.spdbook.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers in the form in which the VQA evaluation compares them. Its quirks are kept, since scores depend on them
 * ({@code paper.md} 5.5).
 */
final class VqaAnswer {

    private static final String PUNCTUATION = ";/[]\"{}()=+\\_-><@`,?!";
    private static final Pattern DIGIT_COMMA_DIGIT = Pattern.compile("\\p{Nd},\\p{Nd}");
    private static final Pattern PERIOD = Pattern.compile("\\.(?!\\p{Nd})");
    /** The evaluation hands a flag on as the count of periods to remove. */
    private static final int MOST_PERIODS = 32;
    /** What Python's {@code split} and {@code strip} take as white space. */
    private static final String SPACE = "[\\t-\\r\\x1c-\\x20\\x85\\p{Z}]+";

    private static final Set<String> ARTICLES = Set.of("a", "an", "the");
    private static final Map<String, String> DIGITS = Map.ofEntries(
            Map.entry("none", "0"),
            Map.entry("zero", "0"),
            Map.entry("one", "1"),
            Map.entry("two", "2"),
            Map.entry("three", "3"),
            Map.entry("four", "4"),
            Map.entry("five", "5"),
            Map.entry("six", "6"),
            Map.entry("seven", "7"),
            Map.entry("eight", "8"),
            Map.entry("nine", "9"),
            Map.entry("ten", "10"));

    private VqaAnswer() {}

    /** A model's answer: white space, punctuation, digits, articles and contractions. */
    static String predicted(String text) {
        String line = text.replace('\n', ' ').replace('\t', ' ');
        String stripped = line.replaceAll("^" + SPACE + "|" + SPACE + "$", "");
        return words(withoutPunctuation(stripped));
    }

    /**
     * Without punctuation. A mark is deleted if it stands beside a space anywhere, or if a comma stands between digits
     * anywhere; otherwise it becomes a space.
     */
    static String withoutPunctuation(String text) {
        boolean number = DIGIT_COMMA_DIGIT.matcher(text).find();
        String result = text;
        for (String mark : PUNCTUATION.split("")) {
            boolean deleted = number || text.contains(mark + " ") || text.contains(" " + mark);
            result = result.replace(mark, deleted ? "" : " ");
        }
        Matcher period = PERIOD.matcher(result);
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < MOST_PERIODS && period.find(); i++) {
            period.appendReplacement(kept, "");
        }
        return period.appendTail(kept).toString();
    }

    private static String words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.toLowerCase(Locale.ROOT).split(SPACE)) {
            String digit = DIGITS.getOrDefault(word, word);
            if (!digit.isEmpty() && !ARTICLES.contains(digit)) {
                words.add(Contractions.spelt(digit));
            }
        }
        return String.join(" ", words);
    }
}
