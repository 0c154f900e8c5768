package org.spdbook.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles that no torch.save writes; each must end in a sentence. */
class HostilePickleTest {

    private static final byte[] SIX = bytes(0, 1, 2, 3, 4, 5);

    @TempDir
    private Path folder;

    private static byte[] bytes(float... values) {
        ByteBuffer data = TensorData.of(values, values.length).data();
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return bytes;
    }

    private static PickleBytes begin() {
        return PickleBytes.protocol2();
    }

    private TorchZip open(byte[] pickle) throws IOException {
        return TorchZip.open(MadeArchive.write(folder.resolve("made.pt"), pickle, SIX));
    }

    private void assertRefused(byte[] pickle, String sentence) {
        assertThatThrownBy(() -> open(pickle))
                .isInstanceOf(TorchZipException.class)
                .hasMessageStartingWith("torch file " + folder.resolve("made.pt") + " cannot be read: ")
                .hasMessageContaining(sentence)
                .hasMessageMatching("(?s).*; [a-z].*")
                .message()
                .hasSizeLessThan(1500)
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "os.system",
                "posix.system",
                "nt.system",
                "subprocess.Popen",
                "builtins.eval",
                "builtins.exec",
                "__builtin__.getattr",
                "builtins.__import__",
                "importlib.import_module",
                "runpy._run_code",
                "torch.hub.load",
                "torch.load",
                "torch._utils._rebuild_qtensor",
                "torch.storage._load_from_bytes",
                "numpy.testing._private.utils.runstring",
                "collections.OrderedDict.fromkeys",
                "webbrowser.open",
                "__main__.Net",
                "pickle.loads",
                "functools.partial",
                "operator.methodcaller",
                "os.path.join"
            })
    void should_refuse_a_name_by_its_name_when_it_is_not_listed(String name) {
        int dot = name.lastIndexOf('.');
        String sentence = "asks for " + name + ", which is not among the names that tensors need and could run code";
        assertRefused(
                begin().global(name.substring(0, dot), name.substring(dot + 1))
                        .ops("(")
                        .text("id")
                        .ops("tR")
                        .stop(),
                sentence);
        assertRefused(
                begin().text(name.substring(0, dot))
                        .text(name.substring(dot + 1))
                        .codes(0x93)
                        .stop(),
                sentence);
        assertRefused(
                begin().ops("}")
                        .text("a")
                        .tensor(6, 0, new long[] {6}, new long[] {1})
                        .ops("s")
                        .text("b")
                        .global(name.substring(0, dot), name.substring(dot + 1))
                        .ops(")")
                        .codes(0x81)
                        .ops("s")
                        .stop(),
                sentence);
    }

    static Stream<Arguments> brokenPickles() {
        return Stream.of(
                Arguments.of(new byte[0], "ends in the middle"),
                Arguments.of(new byte[] {(byte) 0x80, 1, ']', '.'}, "not of one of the protocols 2 to 5"),
                Arguments.of(new byte[] {(byte) 0x80, 6, ']', '.'}, "not of one of the protocols 2 to 5"),
                Arguments.of(new byte[] {'(', 'd', '.', '.'}, "not of one of the protocols 2 to 5"),
                Arguments.of(begin().stop(), "takes more values than it has made"),
                Arguments.of(begin().ops("}").codes(0x80, 0).stop(), "changes to a protocol"),
                Arguments.of(
                        begin().ops("ios\nsystem\n").stop(),
                        "instruction 0x69 at byte 2, which torch.save does not write"),
                Arguments.of(begin().ops("(cos\nsystem\n").text("id").ops("o").stop(), "asks for os.system"),
                Arguments.of(begin().ops("I1\n").stop(), "instruction 0x49"),
                Arguments.of(begin().ops("P1\n").stop(), "instruction 0x50"),
                Arguments.of(begin().codes(0x82, 1).stop(), "instruction 0x82"),
                Arguments.of(begin().ops("]2").stop(), "instruction 0x32"),
                Arguments.of(begin().codes(0x97).stop(), "instruction 0x97"),
                Arguments.of(begin().ops("t").stop(), "takes more values"),
                Arguments.of(begin().ops("]e").stop(), "takes more values"),
                Arguments.of(begin().ops("0").stop(), "takes more values"),
                Arguments.of(begin().ops("](0").stop(), "takes more values"),
                Arguments.of(begin().ops("]N(").codes(0x86).stop(), "takes more values"),
                Arguments.of(begin().ops("}(Nu").stop(), "takes more values"),
                Arguments.of(begin().ops("(q").codes(0).stop(), "takes more values"),
                Arguments.of(begin().ops("h").codes(7).stop(), "takes up value 7 again, which it has not made"),
                Arguments.of(begin().ops("j").codes(255, 255, 255, 255).stop(), "takes up value 4294967295 again"),
                Arguments.of(begin().ops("}Na").stop(), "adds to something that is no list"),
                Arguments.of(begin().ops("]NNs").stop(), "sets entries of something that is no dictionary"),
                Arguments.of(begin().ops("]}b").stop(), "sets the state of something that has none"),
                Arguments.of(begin().ops("]NR").stop(), "calls something without a tuple"),
                Arguments.of(begin().ops("])R").stop(), "calls something that is no function with arguments"),
                Arguments.of(begin().ops("NN").codes(0x93).stop(), "a name that is no text"),
                Arguments.of(
                        begin().global("collections", "OrderedDict")
                                .ops(")}")
                                .codes(0x92)
                                .stop(),
                        "named arguments"),
                Arguments.of(
                        begin().global("collections", "OrderedDict")
                                .ops("N")
                                .codes(0x85)
                                .ops("R")
                                .stop(),
                        "do not fit"),
                Arguments.of(begin().ops("NQ").stop(), "not told by type, entry, device"),
                Arguments.of(begin().ops("X").codes(255, 255, 255, 255).stop(), "text of 4294967295 bytes"),
                Arguments.of(
                        begin().codes(0x8d, 255, 255, 255, 255, 255, 255, 255, 255)
                                .stop(),
                        "18446744073709551615 bytes"),
                Arguments.of(begin().codes(0x8e, 0, 0, 0, 0, 0, 0, 0, 64).stop(), "text of 4611686018427387904 bytes"),
                Arguments.of(begin().codes(0x8b, 255, 255, 255, 127).stop(), "number of 2147483647 bytes"),
                Arguments.of(begin().codes(0x8b, 255, 255, 255, 255).stop(), "number of 4294967295 bytes"),
                Arguments.of(begin().ops("cos").stop(), "ends in the middle"),
                Arguments.of(begin().ops("]").stop(), "holds a list, not a dictionary"),
                Arguments.of(begin().ops("K").codes(1).stop(), "holds a number, not a dictionary"),
                Arguments.of(
                        begin().ops("}").text("epoch").number(7).ops("s").stop(),
                        "no tensors in its dictionary [epoch]"),
                Arguments.of(
                        begin().global("numpy", "ndarray").ops(")").codes(0x81).stop(),
                        "holds a value of numpy.ndarray, not a dictionary"),
                Arguments.of(
                        begin().global("torch._tensor", "_rebuild_from_type_v2")
                                .ops("(")
                                .global("torch._tensor", "_rebuild_from_type_v2")
                                .global("torch", "Tensor")
                                .ops(")}tR")
                                .stop(),
                        "do not fit"),
                Arguments.of(
                        begin().global("torch._utils", "_rebuild_parameter")
                                .ops("N")
                                .codes(0x85)
                                .ops("R")
                                .stop(),
                        "do not fit"),
                Arguments.of(
                        begin().global("torch._utils", "_rebuild_tensor_v2")
                                .ops("NN")
                                .codes(0x86)
                                .ops("R")
                                .stop(),
                        "do not fit"));
    }

    @ParameterizedTest
    @MethodSource("brokenPickles")
    void should_say_what_is_wrong_when_a_pickle_is_broken(byte[] pickle, String sentence) {
        assertRefused(pickle, sentence);
    }

    static Stream<Arguments> misplacedTensors() {
        return Stream.of(
                Arguments.of(6L, 1L, new long[] {6}, new long[] {1}),
                Arguments.of(6L, 0L, new long[] {2, 3}, new long[] {4, 1}),
                Arguments.of(6L, -1L, new long[] {1}, new long[] {1}),
                Arguments.of(6L, 0L, new long[] {-1, -6}, new long[] {1, 1}),
                Arguments.of(6L, 5L, new long[] {6}, new long[] {-1}),
                Arguments.of(6L, 0L, new long[] {6}, new long[] {1, 1}),
                Arguments.of(6L, 0L, new long[] {1L << 62, 8}, new long[] {0, 0}),
                Arguments.of(6L, 0L, new long[] {1L << 61}, new long[] {1}),
                Arguments.of(6L, 0L, new long[] {3}, new long[] {Long.MAX_VALUE}),
                Arguments.of(6L, Long.MAX_VALUE, new long[] {1}, new long[] {1}),
                Arguments.of(6L, 7L, new long[] {0}, new long[] {1}),
                Arguments.of(6L, 0L, new long[] {1 << 23}, new long[] {0}),
                Arguments.of(6L, 0L, new long[65], new long[65]),
                Arguments.of(-6L, 0L, new long[] {0}, new long[] {1}),
                Arguments.of(Long.MAX_VALUE, 0L, new long[] {6}, new long[] {1}));
    }

    @ParameterizedTest
    @MethodSource("misplacedTensors")
    void should_refuse_when_a_tensor_does_not_lie_in_its_storage(
            long elements, long offset, long[] shape, long[] strides) {
        assertRefused(
                begin().ops("}")
                        .text("a")
                        .tensor(elements, offset, shape, strides)
                        .ops("s")
                        .stop(),
                shape.length > 64 || shape[0] < 0 || strides[0] < 0
                        ? "whole numbers >= 0"
                        : "does not lie in its storage 0 of");
    }

    @Test
    void should_refuse_when_the_entry_of_a_storage_is_not_as_said() {
        assertRefused(
                begin().ops("}")
                        .text("a")
                        .tensor(7, 0, new long[] {7}, new long[] {1})
                        .ops("s")
                        .stop(),
                "the storage 0 of tensor a is said to have 28 bytes, its entry has 24");
        assertRefused(
                begin().ops("}")
                        .text("a")
                        .tensor(5, 0, new long[] {5}, new long[] {1})
                        .ops("s")
                        .stop(),
                "the storage 0 of tensor a is said to have 20 bytes, its entry has 24");
        assertRefused(
                begin().ops("}")
                        .text("a\nb")
                        .global("torch._utils", "_rebuild_tensor_v2")
                        .ops("(")
                        .storage(DType.F32, "../data.pkl", 6)
                        .number(0)
                        .numbers(6)
                        .numbers(1)
                        .rest()
                        .ops("s")
                        .stop(),
                "it has no entry archive/data/../data.pkl");
    }

    @Test
    void should_read_when_elements_are_repeated_a_little() throws IOException {
        byte[] pickle = begin().ops("}")
                .text("a")
                .tensor(6, 1, new long[] {1 << 11, 2}, new long[] {0, 2})
                .ops("s")
                .stop();
        try (var read = open(pickle)) {
            assertThat(read.floats("a")).hasSize(1 << 12).startsWith(1, 3, 1, 3).endsWith(1, 3);
        }
    }

    @Test
    void should_read_the_tensors_when_a_dictionary_holds_itself_and_deep_lists() throws IOException {
        int depth = 300_000;
        byte[] pickle = begin().ops("}q")
                .codes(0)
                .text("weight")
                .tensor(6, 0, new long[] {6}, new long[] {1})
                .ops("s")
                .text("self")
                .ops("h")
                .codes(0)
                .ops("s")
                .text("deep")
                .ops("]".repeat(depth))
                .ops("a".repeat(depth - 1))
                .ops("s")
                .ops(")")
                .ops("\u0085".repeat(depth))
                .number(1)
                .ops("s")
                .text("settings")
                .global("argparse", "Namespace")
                .ops(")")
                .codes(0x81)
                .ops("}")
                .text("me")
                .ops("h")
                .codes(0)
                .ops("sbs")
                .stop();

        assertRefused(pickle, "may be meant by [self] or by its own tensors (key \"\"); say which");
        try (var read = TorchZip.open(folder.resolve("made.pt"), "")) {
            assertThat(read.names()).containsExactly("weight");
        }
        try (var read = TorchZip.open(folder.resolve("made.pt"), "self", "self", "self")) {
            assertThat(read.names()).containsExactly("weight");
            assertThat(read.metadata()).isEmpty();
            assertThat(read.floats("weight")).containsExactly(0, 1, 2, 3, 4, 5);
            assertThatThrownBy(() -> read.info("deep")).hasMessageContaining("which is no tensor but a list there");
            assertThatThrownBy(() -> read.info("settings"))
                    .hasMessageContaining("no tensor but a value of argparse.Namespace there");
        }
    }

    @Test
    void should_say_one_short_line_when_keys_are_long_or_of_several_lines() {
        PickleBytes doubt = begin().ops("}");
        for (String key : List.of("a\nb", "c".repeat(5000))) {
            doubt.text(key)
                    .ops("}")
                    .text("w")
                    .tensor(6, 0, new long[] {6}, new long[] {1})
                    .ops("ss");
        }
        assertRefused(doubt.stop(), "may be meant by [a?b, cccc");

        assertThatThrownBy(() -> TorchZip.open(folder.resolve("made.pt"), "gone"))
                .hasMessageContaining("no dictionary at [gone]; its dictionaries there are [a?b, cccc")
                .message()
                .hasSizeLessThan(1500);
    }

    @Test
    void should_refuse_when_modules_hold_themselves_or_each_other_many_times() {
        PickleBytes self = begin().global("__torch__", "Net")
                .ops(")")
                .codes(0x81)
                .ops("q")
                .codes(0)
                .ops("}")
                .text("in")
                .ops("h")
                .codes(0);
        assertRefused(self.ops("sb").stop(), "its modules are more than 100000 or lie more than 64 deep");

        PickleBytes doubled =
                begin().global("__torch__", "Net").ops(")").codes(0x81).ops("q").codes(0);
        for (int i = 1; i < 40; i++) {
            doubled.global("__torch__", "Net")
                    .ops(")")
                    .codes(0x81)
                    .ops("}(")
                    .text("a")
                    .ops("h")
                    .codes(i - 1)
                    .text("b")
                    .ops("h")
                    .codes(i - 1)
                    .ops("ubq")
                    .codes(i);
        }
        assertRefused(doubled.stop(), "its modules are more than 100000 or lie more than 64 deep");
        assertRefused(
                begin().global("__torch__", "Net")
                        .ops(")")
                        .codes(0x81)
                        .ops(")b")
                        .stop(),
                "sets the state of something that has none");
    }
}
