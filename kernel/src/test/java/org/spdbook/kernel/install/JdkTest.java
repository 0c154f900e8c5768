package org.spdbook.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class JdkTest {

    private final Surroundings here = Surroundings.here();

    @TempDir
    private Path folder;

    @Test
    void should_know_itself_when_asked_by_program_or_folder() throws Exception {
        Jdk running = Jdk.named(FakeJava.running(), here);

        assertThat(running.feature()).isEqualTo(Runtime.version().feature());
        assertThat(running.version()).isEqualTo(System.getProperty("java.runtime.version"));
        assertThat(Jdk.named(Path.of(System.getProperty("java.home")), here)).isEqualTo(running);
    }

    @Test
    void should_tell_the_word_of_the_jvm_when_it_refuses_an_option() throws Exception {
        Jdk running = Jdk.running();

        assertThat(running.refusal(List.of("-Xmx64m"))).isEmpty();
        assertThat(running.refusal(List.of("-XX:+NoSuchFlag")))
                .hasValueSatisfying(said -> assertThat(said).contains("NoSuchFlag"));
    }

    @Test
    void should_refuse_when_there_is_no_program() {
        assertThatThrownBy(() -> Jdk.named(folder, here))
                .isInstanceOf(InstallException.class)
                .hasMessageContaining("found none at " + folder.resolve("bin"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void should_refuse_when_it_is_too_old() throws Exception {
        Path old = FakeJava.write(folder.resolve("java"), "11");
        Path ancient = FakeJava.write(folder.resolve("java8"), "1.8");

        assertThatThrownBy(() -> Jdk.named(old, here))
                .hasMessage("JDK 17 or newer is needed, " + old + " is 11; name another with --java");
        assertThatThrownBy(() -> Jdk.named(ancient, here)).hasMessageContaining("is 1.8");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void should_refuse_when_it_is_a_runtime_without_compiler() throws Exception {
        Path runtime = FakeJava.write(folder.resolve("java"), "21", "java.base@21", "jdk.jshell@21");

        assertThatThrownBy(() -> Jdk.named(runtime, here)).hasMessageContaining("it lacks jdk.compiler;");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void should_refuse_when_it_is_another_program() throws Exception {
        Path other = FakeJava.script(folder.resolve("java"), "echo hello");

        assertThatThrownBy(() -> Jdk.named(other, here)).hasMessageContaining("does not answer as a java program does");
    }
}
