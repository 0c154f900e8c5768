package org.spdbook.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.spdbook.model.CausalModel;
import org.spdbook.nn.KeyValueCache;

class TextPiecesTest {

    private static final int END = 0;

    private final List<String> told = new ArrayList<>();
    private final TextPieces pieces = new TextPieces(new Bytes(), told::add);

    /** A token per byte of UTF-8. */
    private record Bytes() implements TextModel, CausalModel {

        @Override
        public CausalModel model() {
            return this;
        }

        @Override
        public long[] encode(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            long[] ids = new long[bytes.length];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = Byte.toUnsignedLong(bytes[i]);
            }
            return ids;
        }

        @Override
        public String decode(long[] ids) {
            long[] own = Arrays.stream(ids).filter(id -> id != END).toArray();
            byte[] bytes = new byte[own.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) own[i];
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public int usualTokens() {
            return 1;
        }

        @Override
        public List<Example> examples() {
            return List.of();
        }

        @Override
        public NDArray next(NDArray ids, @Nullable NDArray attended, KeyValueCache cache) {
            throw new UnsupportedOperationException("nothing is computed here");
        }

        @Override
        public int vocabulary() {
            return 256;
        }

        @Override
        public List<Integer> ends() {
            return List.of(END);
        }

        @Override
        public NDManager manager() {
            throw new UnsupportedOperationException("nothing is computed here");
        }
    }

    private void write(String text) {
        for (long id : new Bytes().encode(text)) {
            pieces.token(0, id);
        }
    }

    @Test
    void should_tell_whole_characters_when_they_have_several_tokens() {
        write("a€🙂b");

        assertThat(told).containsExactly("a", "€", "🙂", "b");
        assertThat(pieces.tokens()).isEqualTo(9);
        assertThat(pieces.hasEnded()).isFalse();
    }

    @Test
    void should_tell_the_rest_when_the_text_is_over_in_the_middle_of_a_character() {
        write("a");
        pieces.token(0, 0xE2);

        assertThat(told).containsExactly("a");
        assertThat(pieces.whole()).isEqualTo("a\uFFFD");
        assertThat(String.join("", told)).isEqualTo("a\uFFFD");
    }

    @Test
    void should_tell_no_mark_when_the_text_ends() {
        write("ab");
        pieces.token(0, END);

        assertThat(pieces.whole()).isEqualTo("ab");
        assertThat(told).containsExactly("a", "b");
        assertThat(pieces.hasEnded()).isTrue();
        assertThat(pieces.tokens()).isEqualTo(3);
    }
}
