package org.spdbook.kernel.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BuiltInTest {

    record Point(int x, String label) {}

    record Worded(int x) {
        @Override
        public String toString() {
            return "in words";
        }
    }

    private final Renderers renderers = new Renderers(Renderers.class.getClassLoader());

    private DisplayBundle show(Object value) {
        return renderers.bundle(value, note -> assertThat(note).isNull());
    }

    @Test
    void should_be_a_table_when_records_are_the_elements() {
        DisplayBundle bundle = show(List.of(new Point(1, "<a>"), new Point(20, "b\nc")));

        assertThat(bundle.plain()).isEqualTo("""
                         x  label
                        --  -----
                         1  <a>
                        20  b c""");
        assertThat(bundle.data().get("text/html")).isEqualTo("""
                        <div style="overflow-x:auto"><table>
                        <thead><tr><th style="text-align:right">x</th><th style="text-align:left">label</th></tr></thead>
                        <tbody>
                        <tr><td style="text-align:right">1</td><td style="text-align:left">&lt;a&gt;</td></tr>
                        <tr><td style="text-align:right">20</td><td style="text-align:left">b
                        c</td></tr>
                        </tbody></table></div>""");
        assertThat(show(new Point[] {new Point(1, "")}).data()).containsKey("text/html");
        assertThat(show(List.of(new Point(1, ""), "other")).data()).containsOnlyKeys("text/plain");
    }

    @Test
    void should_say_how_many_when_there_are_more_rows_than_shown() {
        var many = IntStream.range(0, 1234).mapToObj(i -> new Point(i, "p")).toList();

        assertThat(show(many).plain()).endsWith("49  p\n50 of 1,234 rows shown.");
    }

    @Test
    void should_list_the_components_when_a_record_is_the_value() {
        DisplayBundle bundle = show(new Point(1, "a"));

        assertThat(bundle.plain()).isEqualTo("Point[x=1, label=a]");
        assertThat(bundle.data().get("text/html"))
                .asString()
                .contains("<th style=\"text-align:left\">Point</th>")
                .contains("<td style=\"text-align:left\">label</td><td style=\"text-align:left\">a</td>");
        assertThat(show(new Worded(1)).data()).isEqualTo(Map.of("text/plain", "in words"));
    }

    @Test
    void should_have_two_columns_when_a_map_is_the_value() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", null);
        map.put("b", new int[] {1});
        DisplayBundle bundle = show(map);

        assertThat(bundle.plain()).isEqualTo("{a=null, b=[1]}");
        assertThat(bundle.data().get("text/html"))
                .asString()
                .contains(">null</td>")
                .contains(">[1]</td>");
        assertThat(show(Map.of()).data()).containsOnlyKeys("text/plain");
    }

    @Test
    void should_not_be_used_up_when_a_stream_or_iterator_is_the_value() {
        Stream<Integer> stream = Stream.of(1, 2);
        Iterator<Integer> iterator = List.of(1).iterator();

        assertThat(show(stream).plain()).startsWith("A stream.");
        assertThat(stream.toList()).containsExactly(1, 2);
        assertThat(show(iterator).plain()).startsWith("An iterator");
        assertThat(iterator.hasNext()).isTrue();
        assertThat(show(IntStream.of(1)).plain()).startsWith("A stream.");
    }

    @Test
    void should_be_like_its_content_when_an_optional_is_the_value() {
        assertThat(show(Optional.of(new Point(1, "a"))).data()).containsKey("text/html");
        assertThat(show(Optional.of(new int[] {1})).plain()).isEqualTo("Optional[[1]]");
        assertThat(show(Optional.empty()).plain()).isEqualTo("Optional.empty");
        assertThat(show(OptionalInt.of(3)).plain()).isEqualTo("OptionalInt[3]");
    }

    @Test
    void should_have_the_trace_unfolded_on_demand_when_an_exception_is_the_value() {
        DisplayBundle bundle = show(new IllegalStateException("a < b", new IOException("why")));

        assertThat(bundle.plain())
                .startsWith("java.lang.IllegalStateException: a < b\n    at ")
                .contains("\nCaused by: java.io.IOException: why\n    at ")
                .doesNotContain("jdk.internal.reflect");
        assertThat(bundle.data().get("text/html"))
                .asString()
                .startsWith(
                        "<details><summary><code style=\"background:none;color:inherit\">java.lang.IllegalStateException: a &lt; b</code></summary><pre>");
    }

    @Test
    void should_say_the_state_when_something_is_under_way() throws Exception {
        var open = new CompletableFuture<int[]>();
        assertThat(show(open).plain()).isEqualTo("CompletableFuture: not completed");
        open.complete(new int[] {7});
        assertThat(show(open).plain()).isEqualTo("CompletableFuture: completed with [7]");
        assertThat(show(CompletableFuture.failedFuture(new IOException("no"))).plain())
                .isEqualTo("CompletableFuture: failed with java.io.IOException: no");

        Thread thread = new Thread(() -> {}, "worker");
        assertThat(show(thread).plain()).matches("Thread worker \\(\\d+\\): new");

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(show(process).plain()).isEqualTo("Process " + process.pid() + ": ended with exit code 0");
    }

    @Test
    void should_be_a_link_when_it_is_an_address_of_the_web() {
        assertThat(show(URI.create("https://example.org/?a=1&b='2'")).data())
                .isEqualTo(Map.of(
                        "text/plain",
                        "https://example.org/?a=1&b='2'",
                        "text/html",
                        "<a href=\"https://example.org/?a=1&amp;b=&#39;2&#39;\" target=\"_blank\""
                                + " rel=\"noopener noreferrer\">https://example.org/?a=1&amp;b=&#39;2&#39;</a>"));
        assertThat(show(URI.create("javascript:alert(1)")).data()).containsOnlyKeys("text/plain");
    }

    @Test
    void should_be_plain_when_the_text_of_the_value_says_it_all() {
        for (Object value : List.of(
                "text",
                CharBuffer.wrap("text"),
                Duration.ofSeconds(3),
                LocalDate.of(2024, 2, 29),
                Path.of("a", "b"),
                new BigDecimal("1.20"),
                TimeUnit.DAYS,
                'c')) {
            assertThat(show(value).data()).isEqualTo(Map.of("text/plain", value.toString()));
        }
    }
}
