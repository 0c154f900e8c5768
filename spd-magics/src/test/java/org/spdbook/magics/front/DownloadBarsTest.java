package org.spdbook.magics.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a terminal shows of a download, by a clock of the test. */
class DownloadBarsTest {

    private static final long MS = 1_000_000;

    private final AtomicLong nanos = new AtomicLong();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private TerminalDownload terminal(boolean screen) {
        return new TerminalDownload(new PrintStream(out, true, StandardCharsets.UTF_8), screen, nanos::get);
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void should_rewrite_one_line_when_there_is_a_screen() {
        TerminalDownload bar = terminal(true);
        bar.begin("model.safetensors", 100_000_000, 600_000_000);
        nanos.set(50 * MS);
        bar.loaded(101_000_000, 600_000_000); // too soon
        nanos.set(10_000 * MS);
        bar.loaded(200_000_000, 600_000_000);
        bar.waits("the connection was cut; again in 1 s");
        bar.begin("model.safetensors", 200_000_000, 600_000_000);
        nanos.set(10_001 * MS);
        bar.loaded(600_000_000, 600_000_000);

        assertThat(shown().replace('\r', '^')).isEqualTo("""
                        ^model.safetensors: 200 of 600 MB, 33 %, 10.0 MB/s, 40 s left  \s
                        the connection was cut; again in 1 s
                        ^model.safetensors: 600 of 600 MB, 100 %, 400000.0 MB/s, 0 s left  \s
                        """);
    }

    @Test
    void should_write_lines_now_and_then_when_there_is_no_screen() {
        TerminalDownload bar = terminal(false);
        bar.begin("config.json", 0, 4000);
        nanos.set(1000 * MS);
        bar.loaded(1000, 4000);
        nanos.set(6000 * MS);
        bar.loaded(3000, 4000);
        bar.loaded(4000, 4000);

        assertThat(shown().lines())
                .containsExactly(
                        "config.json: 3 of 4 kB, 75 %, 0.0 MB/s, 2 s left",
                        "config.json: 4 of 4 kB, 100 %, 0.0 MB/s, 0 s left");
    }

    @Test
    void should_escape_names_when_they_are_shown_as_html() {
        assertThat(new DownloadText("<b>&", 0, 0, 0, 0).html()).contains("&lt;b&gt;&amp;: 0 of 0 kB, 100 %");
    }
}
