package org.spdbook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.kernel.display.Renderer;
import org.spdbook.kernel.display.Renderers;
import org.spdbook.kernel.shell.CellClasses;

class AddedRendererTest {

    private static final String SOURCE = """
            package added;
            import java.time.Month;
            import java.util.Optional;
            import org.spdbook.kernel.display.*;
            public final class Months implements Renderer {
                public Optional<DisplayBundle> render(Object value) {
                    if (value == Month.MAY) {
                        throw new IllegalStateException("not in May");
                    }
                    return value instanceof Month month
                            ? Optional.of(DisplayBundle.text("month " + month.getValue()))
                            : Optional.empty();
                }
            }
            """;

    /** A jar with the renderer, and a second service in it that does not exist. */
    private static Path jar(Path folder) throws Exception {
        Path source = Files.writeString(folder.resolve("Months.java"), SOURCE);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path api = Path.of(Renderer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        int status = compiler.run(
                null, null, null, "-cp", api.toString(), "-proc:none", "-d", folder.toString(), source.toString());
        assertThat(status).isZero();
        Path jar = folder.resolve("months.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                var entries = new JarOutputStream(file)) {
            entries.putNextEntry(new ZipEntry("added/Months.class"));
            entries.write(Files.readAllBytes(folder.resolve("added/Months.class")));
            entries.putNextEntry(new ZipEntry("META-INF/services/" + Renderer.class.getName()));
            entries.write("added.NoSuchRenderer\nadded.Months\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return jar;
    }

    @Test
    void should_be_used_when_a_jar_with_a_renderer_is_added(@TempDir Path folder) throws Exception {
        try (var classes = new CellClasses("", List.of())) {
            var renderers = new Renderers(classes.loader());
            assertThat(renderers.bundle(java.time.Month.JUNE).plain()).isEqualTo("JUNE");

            classes.addToClasspath(jar(folder).toString());
            renderers.rescan();

            assertThat(renderers.bundle(java.time.Month.JUNE).plain()).isEqualTo("month 6");
            assertThat(renderers.bundle(java.time.Month.MAY).plain()).isEqualTo("MAY");
        }
    }
}
