package org.spdbook.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.github.spencerpark.jupyter.messages.HMACGenerator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireFormatTest {

    private static final String KEY = "a key of the connection file";

    private final WireFormat kernel = new WireFormat(signer());
    private final WireFormat client = new WireFormat(signer());

    private static HMACGenerator signer() {
        try {
            return new HMACGenerator("HmacSHA256", KEY);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<byte[]> request(String code) {
        byte[] identity = {0, 1, (byte) 0xff};
        return client.write(List.of(identity), "execute_request", new JsonObject(), Map.of("code", code));
    }

    @Test
    void should_read_what_was_written_when_the_key_is_the_same() throws Exception {
        Message message = kernel.read(request("\"ä\u0000<b>\" + 1"));

        assertThat(message.type()).isEqualTo("execute_request");
        assertThat(message.text("code", "")).isEqualTo("\"ä\u0000<b>\" + 1");
        assertThat(message.identities()).singleElement().isEqualTo(new byte[] {0, 1, (byte) 0xff});
    }

    @Test
    void should_refuse_a_message_when_any_byte_of_its_body_is_changed() {
        Random random = new Random(1);
        for (int frame = 2; frame < 7; frame++) {
            List<byte[]> frames = new ArrayList<>(request("1 + 1"));
            byte[] changed = frames.get(frame).clone();
            changed[random.nextInt(changed.length)] ^= 1;
            frames.set(frame, changed);

            assertThatThrownBy(() -> kernel.read(frames))
                    .as("frame %d", frame)
                    .isInstanceOf(BadMessageException.class)
                    .hasMessageContaining("signature");
        }
    }

    @Test
    void should_refuse_a_message_when_it_comes_again() throws Exception {
        List<byte[]> frames = request("launch()");
        kernel.read(frames);

        assertThatThrownBy(() -> kernel.read(frames))
                .isInstanceOf(BadMessageException.class)
                .hasMessageContaining("before");
    }

    @Test
    void should_refuse_frames_when_they_are_no_message() {
        byte[] delimiter = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
        for (List<byte[]> frames : List.<List<byte[]>>of(
                List.of(), List.of(new byte[0]), List.of(delimiter), List.of(delimiter, new byte[64], new byte[0]))) {
            assertThatThrownBy(() -> kernel.read(frames)).isInstanceOf(BadMessageException.class);
        }
    }

    @Test
    void should_refuse_a_signed_message_when_its_parts_are_no_objects() {
        for (String header : List.of("[]", "null", "{", "{}", "{\"msg_id\": {}}")) {
            byte[] head = header.getBytes(StandardCharsets.UTF_8);
            byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
            byte[] signature =
                    signer().calculateSignature(head, empty, empty, empty).getBytes(StandardCharsets.US_ASCII);
            byte[] delimiter = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);

            assertThatThrownBy(() -> kernel.read(List.of(delimiter, signature, head, empty, empty, empty)))
                    .as(header)
                    .isInstanceOf(BadMessageException.class)
                    .hasMessageContaining("header");
        }
    }

    @Test
    void should_read_every_message_when_the_connection_has_no_key() throws Exception {
        WireFormat open = new WireFormat(HMACGenerator.NO_AUTH_INSTANCE);
        WireFormat other = new WireFormat(HMACGenerator.NO_AUTH_INSTANCE);
        for (int i = 0; i < 3; i++) {
            List<byte[]> frames =
                    other.write(List.of(), "execute_request", new JsonObject(), Map.of("code", Integer.toString(i)));

            assertThat(open.read(frames).text("code", "")).isEqualTo(Integer.toString(i));
            assertThatThrownBy(() -> open.read(frames)).isInstanceOf(BadMessageException.class);
        }
    }

    private List<byte[]> signed(byte[] content) {
        byte[] header = "{\"msg_id\": \"1\", \"msg_type\": \"execute_request\", \"session\": \"s\"}"
                .getBytes(StandardCharsets.UTF_8);
        byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
        byte[] delimiter = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
        byte[] signature =
                signer().calculateSignature(header, empty, empty, content).getBytes(StandardCharsets.US_ASCII);
        return List.of(delimiter, signature, header, empty, empty, content);
    }

    @Test
    void should_refuse_content_when_it_is_not_strict_json() {
        for (String content : List.of(
                "{\"code\": NaN}", "{code: 1}", "{'a': 1}", "{} {}", "// x\n{}", "{\"a\": " + "[".repeat(100_000))) {
            assertThatThrownBy(() -> kernel.read(signed(content.getBytes(StandardCharsets.UTF_8))))
                    .isInstanceOf(BadMessageException.class)
                    .hasMessageContaining("content");
        }
    }

    @Test
    void should_refuse_content_when_its_bytes_are_no_utf_8() {
        byte[] content = {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}'};

        assertThatThrownBy(() -> kernel.read(signed(content))).isInstanceOf(BadMessageException.class);
    }

    @Test
    void should_refuse_a_message_when_it_has_too_many_frames() {
        List<byte[]> frames = new ArrayList<>(request("1"));
        for (int i = 0; i < 2000; i++) {
            frames.add(new byte[0]);
        }

        assertThatThrownBy(() -> kernel.read(frames))
                .isInstanceOf(BadMessageException.class)
                .hasMessageContaining("frames");
    }

    @Test
    void should_name_the_field_when_it_has_the_wrong_type() throws Exception {
        byte[] content = "{\"code\": 7, \"cursor_pos\": \"x\", \"silent\": \"yes\", \"n\": 1e999999999, \"none\": null}"
                .getBytes(StandardCharsets.UTF_8);
        Message message = kernel.read(signed(content));

        assertThatThrownBy(() -> message.text("code", ""))
                .hasMessage("the field code of a message execute_request must be a string, found a number");
        assertThatThrownBy(() -> message.number("cursor_pos", 0)).hasMessageContaining("cursor_pos");
        assertThatThrownBy(() -> message.flag("silent", false)).hasMessageContaining("silent");
        assertThat(message.number("n", 0)).isEqualTo(Integer.MAX_VALUE);
        assertThat(message.text("none", "default")).isEqualTo("default");
    }
}
