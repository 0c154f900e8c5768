package org.spdbook.experiment;

import java.util.Arrays;
import java.util.function.Consumer;
import org.spdbook.model.generation.TokenListener;

/** Tells a text while it is written, in pieces that together are the text. A character of several tokens is told when it is whole. */
final class TextPieces implements TokenListener {

    /** What decoders put for a character of which a part is missing. */
    private static final String PART = "\uFFFD";

    private final TextModel texts;
    private final Consumer<String> listener;
    private long[] ids = new long[0];
    private String told = "";

    TextPieces(TextModel texts, Consumer<String> listener) {
        this.texts = texts;
        this.listener = listener;
    }

    @Override
    public void token(int text, long id) {
        ids = Arrays.copyOf(ids, ids.length + 1);
        ids[ids.length - 1] = id;
        String all = texts.decode(ids);
        if (!all.endsWith(PART)) {
            tell(all);
        }
    }

    private void tell(String all) {
        if (all.startsWith(told) && all.length() > told.length()) {
            listener.accept(all.substring(told.length()));
            told = all;
        }
    }

    /** Tells what is left; the whole text. */
    String whole() {
        String all = texts.decode(ids);
        tell(all);
        return all;
    }

    /** How many tokens were told. */
    int tokens() {
        return ids.length;
    }

    /** Whether the last token ends a text of the model. */
    boolean hasEnded() {
        return ids.length > 0 && texts.model().ends().contains((int) ids[ids.length - 1]);
    }
}
