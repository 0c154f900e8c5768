package org.spdbook.kernel.editing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class DocPageTest {

    /** The parts that matter of pages by the tool of Java 17 and of Java 8. */
    private static final String NEW = """
            <section class="class-description" id="class-description">
            <div class="block">A <a href="x.html">pair</a> &amp; more. Second.</div></section>
            <section class="detail" id="&lt;init&gt;(int)"><div class="block">Makes one.</div></section>
            <section class="detail" id="put(int,java.lang.String...)">
            <div class="member-signature"><span>void put</span></div>
            <div class="block">Puts <code>a</code>. <script>bad()</script></div>
            <dl class="notes"><dt>Parameters:</dt><dd><code>a</code> - a number</dd></dl></section>
            <section class="detail" id="put(int)"><div class="block">Puts one.</div></section>
            <section class="detail" id="SIZE"><div class="block">The size.</div></section>
            """;

    private static final String OLD = """
            <div class="block">Old class.</div>
            <a name="put-int-java.lang.String:A-"></a><h4>put</h4><div class="block">Other.</div>
            <a name="put-int-java.lang.String-"></a><h4>put</h4><div class="block">Old put.</div>
            """;

    private static Optional<String> shown(String page, String signature) {
        return DocPage.of(page, Signature.parse(signature)).map(comment -> {
            Markup html = new HtmlMarkup();
            comment.write(html);
            return html.result();
        });
    }

    @Test
    void should_find_the_part_when_a_page_has_many() {
        assertThat(shown(NEW, "a.Pair<K>")).hasValue("A pair &amp; more. Second.");
        assertThat(shown(NEW, "Pair(int n)")).hasValue("Makes one.");
        assertThat(shown(NEW, "void Pair.put(int one)")).hasValue("Puts one.");
        assertThat(shown(NEW, "Pair.SIZE:int")).hasValue("The size.");
        assertThat(shown(OLD, "void Old.put(int a, String b)")).hasValue("Old put.");
    }

    @Test
    void should_have_parameters_and_no_script_when_a_method_is_shown() {
        assertThat(shown(NEW, "void Pair.put(int a, java.lang.String... b)").orElseThrow())
                .startsWith("Puts <code>a</code>.")
                .contains("<dd><code>a</code> - a number</dd>")
                .doesNotContain("<script");
    }

    @Test
    void should_end_with_the_sentence_when_a_summary_is_asked() {
        Markup text = new TextMarkup(false);
        DocPage.of(NEW, Signature.parse("a.Pair")).orElseThrow().writeSummary(text);
        assertThat(text.result()).isEqualTo("A pair & more.");
    }

    @Test
    void should_be_empty_when_the_page_has_no_such_member() {
        assertThat(shown(NEW, "void Pair.put(long one)")).isEmpty();
        assertThat(shown(NEW, "void Pair.pu(int one)")).isEmpty();
        assertThat(shown("", "a.Pair")).isEmpty();
    }
}
