package org.spdbook.kernel.editing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DocTextTest {

    private static final String SOURCE = """
            /**
             * Adds {@code a < b} to {@link java.util.List#add(Object) the list} of {@link java.util.Map}s &amp; <em>more</em>.
             * <p>
             * Second <b>part</b> with 1 * 2 and {@literal <tag>}:
             * <pre>{@code
             * List<String> one = make();
             * }</pre>
             * <ul>
             * <li>first
             * <li>second
             * </ul>
             * <script>alert("x")</script><a href="javascript:bad()" onclick="bad()">here</a>
             *
             * @param <T> the kind
             * @param size a number
             * @return the sum
             * @throws java.io.IOException when broken
             * @since 3
             */
            class A<T> {}
            """;

    private static String written(Markup markup) {
        var declaration = ParsedSource.parse(SOURCE)
                .flatMap(source -> source.type(List.of("A")))
                .orElseThrow();
        Objects.requireNonNull(declaration.comment()).write(markup);
        return markup.result();
    }

    @Test
    void should_show_as_written_when_it_is_html() {
        assertThat(written(new HtmlMarkup()))
                .contains("Adds <code>a &lt; b</code> to the list of <code>Map</code>s &amp; <em>more</em>.")
                .contains("<p>")
                .containsPattern("<pre>\\s*List&lt;String&gt; one = make\\(\\);\\s*</pre>")
                .containsPattern("<li>first\\s*</li><li>second\\s*</li></ul>")
                .contains("<li><code>size</code> - a number</li>")
                .contains("<li><code>return</code> - the sum</li>")
                .contains("<code>throws java.io.IOException</code> - when broken");
    }

    @Test
    void should_have_no_attribute_and_no_script_when_the_comment_has() {
        assertThat(written(new HtmlMarkup()))
                .doesNotContain("<script")
                .doesNotContain("<a")
                .doesNotContain("onclick")
                .doesNotContain("javascript:");
    }

    @Test
    void should_use_its_signs_when_it_is_markdown() {
        assertThat(written(new TextMarkup(true)))
                .startsWith("Adds `a < b` to the list of `Map`s & *more*.\n\nSecond **part** with 1 \\* 2 and \\<tag>:")
                .containsPattern("```java\n *List<String> one = make\\(\\);\n```")
                .contains("\n- first\n- second\n")
                .contains("\n- `size` - a number\n- `return` - the sum\n")
                .contains("- `<T>` - the kind");
    }

    @Test
    void should_have_no_signs_when_it_is_plain() {
        assertThat(written(new TextMarkup(false)))
                .startsWith("Adds a < b to the list of Maps & more.\n\nSecond part with 1 * 2 and <tag>:")
                .contains("- size - a number");
    }

    @Test
    void should_close_what_is_open_when_html_ends() {
        Markup html = new HtmlMarkup();
        html.start("ul");
        html.start("li");
        html.text("a");
        html.end("table");
        assertThat(html.result()).isEqualTo("<ul><li>a</li></ul>");
    }

    @Test
    void should_be_text_when_an_entity_is_none() {
        Markup html = new HtmlMarkup();
        html.entity("&lt;");
        html.entity("&#x1F600;");
        html.entity("&<script>;");
        assertThat(html.result()).isEqualTo("&lt;&#x1F600;&amp;&lt;script&gt;;");
        Markup text = new TextMarkup(false);
        text.entity("&#65;");
        text.entity("&#x42;");
        text.entity("&#99999999;");
        assertThat(text.result()).isEqualTo("AB&#99999999;");
    }
}
