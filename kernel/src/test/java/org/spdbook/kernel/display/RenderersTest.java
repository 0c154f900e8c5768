package org.spdbook.kernel.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RenderersTest {

    interface Shape {}

    record Circle(int radius) implements Shape {}

    static class Base {
        @Override
        public String toString() {
            return "base";
        }
    }

    static final class Derived extends Base {}

    static final class Own implements Displayable {
        @Override
        public DisplayBundle display() {
            return Display.html("<b>own</b>");
        }
    }

    private final Renderers renderers = new Renderers(Renderers.class.getClassLoader());
    private final List<String> notes = new ArrayList<>();

    private DisplayBundle show(Object value) {
        return renderers.bundle(value, notes::add);
    }

    @Test
    void should_use_the_nearest_class_when_several_are_registered() {
        renderers.register(Base.class, value -> DisplayBundle.text("of Base"));
        renderers.register(Object.class, value -> DisplayBundle.text("of Object"));
        renderers.register(Shape.class, value -> DisplayBundle.text("of Shape"));

        assertThat(show(new Derived()).plain()).isEqualTo("of Base");
        assertThat(show(new Circle(1)).plain()).isEqualTo("of Shape");
        assertThat(show("text").plain()).isEqualTo("of Object");
    }

    @Test
    void should_use_the_last_registration_when_a_class_has_two() {
        renderers.register(Base.class, value -> DisplayBundle.text("first"));
        renderers.register(Base.class, value -> DisplayBundle.text("last"));

        assertThat(show(new Base()).plain()).isEqualTo("last");
    }

    @Test
    void should_keep_the_text_when_representations_are_added() {
        renderers.register(Base.class, "text/html", value -> "<i>base</i>");
        renderers.register(Base.class, "text/latex", value -> "$b$");
        renderers.register(Base.class, "text/html", value -> "<b>base</b>");
        renderers.register(Derived.class, "text/latex", value -> "$d$");

        assertThat(show(new Base()).data())
                .isEqualTo(Map.of("text/plain", "base", "text/html", "<b>base</b>", "text/latex", "$b$"));
        assertThat(show(new Derived()).data())
                .isEqualTo(Map.of("text/plain", "base", "text/html", "<b>base</b>", "text/latex", "$d$"));
    }

    @Test
    void should_show_boxed_values_when_a_primitive_type_is_registered() {
        renderers.register(double.class, value -> DisplayBundle.text(String.format("%.2f", value)));

        assertThat(show(2.5).plain()).isEqualTo(String.format("%.2f", 2.5));
    }

    @Test
    void should_let_the_next_try_when_a_function_gives_null() {
        renderers.register(Base.class, value -> null);
        renderers.register(Own.class, "image/png", value -> null);

        assertThat(show(new Base()).plain()).isEqualTo("base");
        assertThat(show(new Own()).data()).containsOnlyKeys("text/plain", "text/html");
    }

    @Test
    void should_keep_the_value_with_a_note_when_a_renderer_fails() {
        renderers.register(Base.class, value -> {
            throw new AssertionError("not today");
        });

        assertThat(show(new Base()).plain()).isEqualTo("base");
        assertThat(notes).singleElement().asString().contains("registered for", "Base", "not today");
    }

    @Test
    void should_ask_the_value_itself_when_it_is_displayable() {
        assertThat(show(new Own()).data()).isEqualTo(Map.of("text/plain", "own", "text/html", "<b>own</b>"));
        renderers.register(Own.class, value -> DisplayBundle.text("registered"));
        assertThat(show(new Own()).plain()).isEqualTo("registered");
    }

    @Test
    void should_end_with_the_thread_when_it_is_stopped_inside_a_renderer() {
        renderers.register(Base.class, value -> {
            throw new ThreadDeath();
        });

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> show(new Base())))
                .isInstanceOf(ThreadDeath.class);
    }
}
