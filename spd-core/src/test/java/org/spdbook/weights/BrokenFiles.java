package org.spdbook.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Files that break the safetensors format in one way each, made from a random whole one. */
final class BrokenFiles {

    /** What is wrong, and what the sentence about it must hold besides the file. */
    enum Break {
        CUT("bytes"),
        LONGER("layer.", "ends at offset"),
        HEADER_LENGTH_HUGE("header length"),
        HEADER_LENGTH_SHORT("header at offset 8"),
        NOT_UTF8("not valid UTF-8"),
        DUPLICATE_TENSOR("layer.", "twice"),
        DUPLICATE_METADATA("twice"),
        UNKNOWN_DTYPE("layer.", "dtype"),
        NEGATIVE_EXTENT("layer.", "shape"),
        OVERFLOWING_SHAPE("layer.", "at offset", "overflows"),
        WRONG_SIZE("layer.", "at offset"),
        BEGIN_AFTER_END("layer.", "data_offsets ["),
        BEYOND_DATA("layer.", "offset"),
        SWAPPED("layer.", "at offset"),
        OVERLAP("layer.1", "begins at offset", "overlap"),
        HOLE("layer.", "at offset"),
        MISSING_FIELD("layer."),
        UNKNOWN_FIELD("layer."),
        METADATA_NOT_TEXT("__metadata__"),
        NUMBER_NOT_WHOLE("layer.", "data_offsets", "not a whole number"),
        NUMBER_TOO_LARGE("layer.", "data_offsets", "too large"),
        WRONG_COUNT_OF_OFFSETS("layer.", "data_offsets"),
        TRAILING_TEXT("header at offset 8"),
        NOT_AN_OBJECT("does not begin with {"),
        NOT_JSON("not valid JSON"),
        LONE_SURROGATE("header at offset 8"),
        DEEP_NESTING("not valid JSON");

        private final List<String> said;

        Break(String... said) {
            this.said = List.of(said);
        }

        List<String> said() {
            return said;
        }
    }

    private static final String[] DTYPES = {"F32", "U8", "I64", "BF16", "BOOL", "F8_E4M3"};
    private static final int[] SIZES = {4, 1, 8, 2, 1, 1};

    private final Random random;
    private final List<String[]> entries = new ArrayList<>();
    private final List<int[]> spans = new ArrayList<>();
    private String metadata = "{\"format\":\"pt\"}";
    private byte[] data = new byte[0];

    BrokenFiles(long seed) {
        random = new Random(seed);
        int offset = 0;
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            int type = random.nextInt(DTYPES.length);
            int rows = 1 + random.nextInt(5);
            int columns = 1 + random.nextInt(7);
            int end = offset + SIZES[type] * rows * columns;
            entries.add(new String[] {
                "\"layer." + i + "\"",
                "\"dtype\":\"" + DTYPES[type] + "\"",
                "\"shape\":[" + rows + "," + columns + "]",
                "\"data_offsets\":[" + offset + "," + end + "]"
            });
            spans.add(new int[] {offset, end});
            offset = end;
        }
        data = new byte[offset];
        random.nextBytes(data);
    }

    /** The whole file. */
    byte[] whole() {
        return file(header().getBytes(StandardCharsets.UTF_8));
    }

    /** The file broken in one way. */
    byte[] broken(Break kind) {
        return switch (kind) {
            case CUT -> Arrays.copyOf(whole(), random.nextInt(whole().length));
            case LONGER -> Arrays.copyOf(whole(), whole().length + 1 + random.nextInt(16));
            case HEADER_LENGTH_HUGE -> withLength(pick(whole().length - 7L, 100_000_001L, Long.MAX_VALUE, -1L));
            case HEADER_LENGTH_SHORT -> withLength(random.nextInt(header().length()));
            case NOT_UTF8 -> notUtf8();
            case NOT_AN_OBJECT ->
                text(pick("[" + header() + "]", "\"" + "a".repeat(9) + "\"", "null", "", " ", "\uFEFF" + header()));
            case NOT_JSON -> text(notJson());
            case TRAILING_TEXT -> text(header() + pick("x", "{}", ",", "\u0000", "//"));
            default -> {
                change(kind, random.nextInt(entries.size()));
                yield whole();
            }
        };
    }

    private void change(Break kind, int at) {
        String[] entry = entries.get(at);
        int begin = spans.get(at)[0];
        int end = spans.get(at)[1];
        switch (kind) {
            case DUPLICATE_TENSOR -> entries.add(entry);
            case DUPLICATE_METADATA -> metadata = pick("{\"a\":\"1\",\"a\":\"1\"}", "{\"a\":\"1\",\"\\u0061\":\"2\"}");
            case UNKNOWN_DTYPE -> entry[1] = "\"dtype\":" + pick("\"F4\"", "\"f32\"", "\"\"", "7", "null", "[\"F32\"]");
            case NEGATIVE_EXTENT -> entry[2] = "\"shape\":[-1," + (begin - end) + "]";
            case OVERFLOWING_SHAPE -> entry[2] = "\"shape\":[4611686018427387904,8," + random.nextInt(9) + "]";
            case WRONG_SIZE -> entry[2] = "\"shape\":[" + (end - begin + 1 + random.nextInt(9)) + "]";
            case BEGIN_AFTER_END -> entry[3] = offsets(/* begin= */ end, /* end= */ begin);
            case BEYOND_DATA -> entry[3] = offsets(data.length - begin, data.length + end - 2L * begin + 1);
            case SWAPPED -> swap();
            case OVERLAP -> overlap();
            case HOLE -> entries.remove(at);
            case MISSING_FIELD -> entry[1 + random.nextInt(3)] = "\"other\":1";
            case UNKNOWN_FIELD -> entry[2] += ",\"strides\":[1]";
            case METADATA_NOT_TEXT ->
                metadata = pick("{\"a\":1}", "{\"a\":null}", "{\"a\":{}}", "[]", "\"pt\"", "true");
            case NUMBER_NOT_WHOLE ->
                entry[3] = "\"data_offsets\":[" + begin + pick(".0", "e0", ".5") + "," + end + pick("", ".0") + "]";
            case NUMBER_TOO_LARGE -> entry[3] = "\"data_offsets\":[" + begin + ",9999999999999999999]";
            case WRONG_COUNT_OF_OFFSETS ->
                entry[3] = "\"data_offsets\":" + pick("[" + begin + "]", "[]", "[0,1,2]", "{}", "5", "null", "\"0,1\"");
            case LONE_SURROGATE -> entry[0] = pick("\"\\ud800\"", "\"a\\udc00b\"", "\"\\udc00\\ud800\"");
            case DEEP_NESTING -> entry[2] = "\"shape\":" + "[".repeat(100_000) + "]".repeat(100_000);
            default -> throw new IllegalArgumentException("no change for " + kind);
        }
    }

    /** Moves the second tensor back by a byte; the first always has more than that. */
    private void overlap() {
        int begin = spans.get(1)[0];
        int end = spans.get(1)[1];
        entries.get(1)[3] = offsets(begin - 1, end - 1);
    }

    /** Gives two tensors each other's place in the data, which fits neither; of equal sizes, one gets another shape as well. */
    private void swap() {
        int first = spans.get(0)[1] - spans.get(0)[0];
        entries.get(0)[1] = "\"dtype\":\"U8\"";
        entries.get(0)[2] = "\"shape\":[" + first + "]";
        int other = spans.get(1)[1] - spans.get(1)[0];
        String shape = entries.get(1)[2];
        entries.get(0)[3] = offsets(first, first + other);
        entries.get(1)[3] = offsets(0, first);
        if (first == other) {
            entries.get(1)[2] = shape.replace("]", ",2]");
        }
    }

    private static String offsets(long begin, long end) {
        return "\"data_offsets\":[" + begin + "," + end + "]";
    }

    private String notJson() {
        String json = header();
        return switch (random.nextInt(6)) {
            case 0 -> json.replaceFirst(":", "=");
            case 1 -> json.replace('"', '\'');
            case 2 -> json.substring(0, json.length() - 1) + ",}";
            case 3 -> json.replaceFirst("layer", "lay\ner");
            case 4 -> json.replaceFirst("\\[", "[NaN,");
            default -> json.replaceFirst("\\{", "{/* note */");
        };
    }

    private byte[] notUtf8() {
        byte[] file = whole();
        int at = Long.BYTES + header().indexOf("layer") + random.nextInt(5);
        file[at] = (byte) (random.nextBoolean() ? 0xFF : 0xC0);
        return file;
    }

    private byte[] withLength(long length) {
        byte[] file = whole();
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
        return file;
    }

    private byte[] text(String header) {
        return file(header.getBytes(StandardCharsets.UTF_8));
    }

    private String header() {
        return entries.stream()
                .map(e -> e[0] + ":{" + e[1] + "," + e[2] + "," + e[3] + "}")
                .collect(Collectors.joining(",", "{\"__metadata__\":" + metadata + ",", "}"));
    }

    private byte[] file(byte[] header) {
        return ByteBuffer.allocate(Long.BYTES + header.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .put(data)
                .array();
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private long pick(long... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
