package org.spdbook.eval;

import java.util.HashMap;
import java.util.Map;

/**
 * Contractions that the VQA evaluation restores. Its table maps each of these words, with any one of its apostrophes left
 * out, to the word; entries it cannot reach, because they have a capital or change nothing, are not here.
 */
final class Contractions {

    private static final String WORDS = """
            ain't aren't can't could've couldn't couldn't've didn't doesn't don't hadn't hadn't've hasn't haven't he'd he'd've
            he's how'd how'll how's isn't it'd it'd've it'll ma'am might've mightn't mightn't've must've mustn't needn't not've
            o'clock oughtn't 'ow's'at shan't she'd've should've shouldn't shouldn't've somebody'd've somebody'll somebody's
            someone'd someone'd've someone'll someone's something'd something'd've something'll that's there'd there'd've
            there're there's they'd they'd've they'll they're they've 'twas wasn't we'd've we've weren't what'll what're what's
            what've when's where'd where's where've who'd who'd've who'll who's who've why'll why're why's won't would've
            wouldn't wouldn't've y'all y'all'd've y'all'll you'd you'd've you'll you're you've
            """;

    private static final Map<String, String> TABLE = table();

    private Contractions() {}

    private static Map<String, String> table() {
        Map<String, String> table = new HashMap<>();
        for (String word : WORDS.strip().split("\\s+")) {
            for (int at = word.indexOf('\''); at >= 0; at = word.indexOf('\'', at + 1)) {
                table.put(word.substring(0, at) + word.substring(at + 1), word);
            }
        }
        table.put("somebody'd", "somebodyd"); // the one entry that is the wrong way round
        return Map.copyOf(table);
    }

    /** The word with its apostrophe, or as it is. */
    static String spelt(String word) {
        return TABLE.getOrDefault(word, word);
    }
}
