package org.spdbook.kernel.protocol;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import io.github.spencerpark.jupyter.messages.HMACGenerator;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Frames to messages and back: identities, delimiter, signature, header, parent, metadata, content. A message with a wrong
 * signature, or one that was seen before, is refused.
 */
public final class WireFormat {

    /** The version of the protocol that this is. */
    public static final String VERSION = "5.4";

    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern TYPE = Pattern.compile("\\w{1,100}");
    private static final int REMEMBERED = 65_536;
    private static final int BODY = 5;

    private final Gson reader =
            new GsonBuilder().setStrictness(Strictness.LEGACY_STRICT).create();
    private final Gson writer =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();
    private final String session = UUID.randomUUID().toString();

    /** Messages are named by the session and their number: random names would cost a read of the system's random source. */
    private final AtomicLong count = new AtomicLong();

    private final HMACGenerator signer;
    private final Set<String> seen = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    /** A format that signs with a key. */
    public WireFormat(HMACGenerator signer) {
        this.signer = signer;
    }

    /**
     * The message in these frames.
     *
     * @throws BadMessageException if they are not one signed message that was not seen before
     */
    public synchronized Message read(List<byte[]> frames) throws BadMessageException {
        if (frames.size() > Frames.MOST) {
            throw new BadMessageException("it has more than " + Frames.MOST + " frames");
        }
        int delimiter = 0;
        while (delimiter < frames.size() && !Arrays.equals(frames.get(delimiter), DELIMITER)) {
            delimiter++;
        }
        if (frames.size() < delimiter + 1 + BODY) {
            throw new BadMessageException("it has " + frames.size() + " frames and no delimiter before five of them");
        }
        List<byte[]> body = frames.subList(delimiter + 1, delimiter + 1 + BODY);
        String expected = signer.calculateSignature(body.get(1), body.get(2), body.get(3), body.get(4));
        if (!MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII), body.get(0))) {
            throw new BadMessageException("its signature is wrong");
        }
        Message message = new Message(
                List.copyOf(frames.subList(0, delimiter)),
                object(body.get(1), "header"),
                object(body.get(2), "parent header"),
                object(body.get(3), "metadata"),
                object(body.get(4), "content"));
        checkHeader(message.header());
        String once = expected.isEmpty() ? message.header().get("msg_id").getAsString() : expected;
        if (!seen.add(once)) {
            throw new BadMessageException("it was received before");
        }
        return message;
    }

    private static void checkHeader(JsonObject header) throws BadMessageException {
        for (String key : List.of("msg_id", "msg_type", "session")) {
            if (!(header.get(key) instanceof JsonPrimitive value) || !value.isString()) {
                throw new BadMessageException("its header has no " + key);
            }
        }
        if (!TYPE.matcher(header.get("msg_type").getAsString()).matches()) {
            throw new BadMessageException("its msg_type is no name");
        }
    }

    /**
     * JSON and nothing like it (NaN, comments), but half a surrogate pair, which browsers send for a broken emoji, is taken. Gson's
     * limit of depth holds.
     */
    private JsonObject object(byte[] frame, String name) throws BadMessageException {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(frame));
            JsonObject object = reader.fromJson(text.toString(), JsonObject.class);
            if (object != null) {
                return object;
            }
        } catch (CharacterCodingException | JsonParseException | ClassCastException e) {
            // said below
        }
        throw new BadMessageException("its " + name + " is no JSON object in UTF-8");
    }

    /**
     * The frames of an answer or a publication.
     *
     * @param identities where it goes; for publications a topic
     * @param type the {@code msg_type}
     * @param parent header of the request it belongs to
     * @param content a map or a JSON object
     */
    public List<byte[]> write(List<byte[]> identities, String type, JsonObject parent, Object content) {
        JsonObject header = new JsonObject();
        header.addProperty("msg_id", session + "_" + count.incrementAndGet());
        header.addProperty("msg_type", type);
        header.addProperty("session", session);
        header.addProperty("username", "kernel");
        header.addProperty("date", Instant.now().truncatedTo(ChronoUnit.MICROS).toString());
        header.addProperty("version", VERSION);
        byte[] head = bytes(header);
        byte[] before = bytes(parent);
        byte[] metadata = bytes(Map.of());
        byte[] body = bytes(content);
        String signature = signer.calculateSignature(head, before, metadata, body);
        List<byte[]> frames = new ArrayList<>(identities);
        frames.add(DELIMITER);
        frames.add(signature.getBytes(StandardCharsets.US_ASCII));
        frames.addAll(List.of(head, before, metadata, body));
        return frames;
    }

    private byte[] bytes(Object value) {
        return writer.toJson(value).getBytes(StandardCharsets.UTF_8);
    }
}
