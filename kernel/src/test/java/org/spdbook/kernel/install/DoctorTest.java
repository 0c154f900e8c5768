package org.spdbook.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.kernel.install.Finding.Level;

/** One fault at a time in a kernelspec that is otherwise good; the kernel itself is started in the tests of real processes. */
class DoctorTest {

    @TempDir
    private Path folder;

    private Path home;
    private Path data;
    private Path spec;
    private Surroundings here;

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        data = folder.resolve("share/jupyter");
        spec = Files.createDirectories(data.resolve("kernels/spd-java"));
        here = at(Map.of("PATH", "", "JUPYTER_PATH", data.toString()));
        Files.writeString(spec.resolve("kernel.jar"), "");
        write(FakeJava.running().toString(), List.of());
    }

    private Surroundings at(Map<String, String> variables) {
        return new Surroundings(variables, System.getProperty("os.name"), home);
    }

    private void write(String java, List<String> options) throws IOException {
        Files.writeString(
                spec.resolve("kernel.json"),
                new KernelSpec(
                                "Java",
                                java,
                                options,
                                spec.resolve("kernel.jar").toString(),
                                Contents.alone(spec),
                                Map.of())
                        .json());
    }

    private List<Finding> findings() {
        return new Doctor(here, Optional.empty(), Optional.empty(), false).findings();
    }

    private void assertFound(Level level, String what, String text) {
        assertThat(findings()).anySatisfy(finding -> {
            assertThat(finding.level()).isEqualTo(level);
            assertThat(finding.what()).isEqualTo(what);
            assertThat(finding.found()).contains(text);
            assertThat(finding.remedy()).isNotEmpty();
        });
    }

    @Test
    void should_find_no_fault_when_there_is_none() {
        assertThat(findings()).noneMatch(finding -> finding.level() == Level.FAIL);
        assertThat(findings())
                .anyMatch(finding -> finding.found().contains(System.getProperty("java.runtime.version")));
    }

    @Test
    void should_say_so_when_no_kernel_is_installed() {
        here = at(Map.of("PATH", "", "JUPYTER_PATH", folder.toString()));

        assertFound(Level.FAIL, "kernelspec", "none of this kernel where Jupyter looks");
    }

    @Test
    void should_find_the_fault_when_kernel_json_is_broken() throws IOException {
        Files.writeString(spec.resolve("kernel.json"), "{\"argv\": [\"java\",");
        assertFound(Level.FAIL, "spd-java", "is no valid JSON");
        Files.writeString(spec.resolve("kernel.json"), "{\"argv\": []}");
        assertFound(Level.FAIL, "spd-java", "names no command");
    }

    @Test
    void should_find_the_fault_when_a_cell_cannot_be_interrupted() throws IOException {
        Path json = spec.resolve("kernel.json");
        Files.writeString(json, Files.readString(json).replace("\"message\"", "\"signal\""));

        assertFound(Level.WARN, "spd-java", "lacks interrupt_mode message");
    }

    @Test
    void should_find_the_fault_when_java_is_gone() throws IOException {
        write(folder.resolve("jdk/bin/java").toString(), List.of());
        assertFound(Level.FAIL, "spd-java", "its java is gone");
        write("java", List.of());
        assertFound(Level.FAIL, "spd-java", "by PATH, which has none");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void should_find_the_fault_when_java_is_too_old_or_a_runtime() throws IOException {
        write(FakeJava.write(folder.resolve("old/java"), "11").toString(), List.of());
        assertFound(Level.FAIL, "spd-java", "JDK 17 or newer is needed");
        write(FakeJava.write(folder.resolve("jre/java"), "21", "java.base@21").toString(), List.of());
        assertFound(Level.FAIL, "spd-java", "is only a runtime");
    }

    @Test
    void should_find_the_fault_when_the_jar_is_gone() throws IOException {
        Files.delete(spec.resolve("kernel.jar"));

        assertFound(Level.FAIL, "spd-java", "the kernel's jar is gone");
    }

    @Test
    void should_find_the_fault_when_the_jar_was_changed() throws IOException {
        Path jar = Files.writeString(spec.resolve("spd-kernel-0123456789ab.jar"), "other");
        Path json = spec.resolve("kernel.json");
        Files.writeString(
                json,
                Files.readString(json).replace("kernel.jar", jar.getFileName().toString()));

        assertFound(Level.FAIL, "spd-java", "the kernel's jar was changed since it was installed: " + jar);
    }

    @Test
    void should_find_the_fault_when_the_jdk_does_not_know_an_option() throws IOException {
        write(FakeJava.running().toString(), List.of("-XX:+NoSuchFlag"));

        assertFound(Level.FAIL, "spd-java", "refuses its options");
    }

    @Test
    void should_find_the_fault_when_the_archive_is_gone_or_half() throws Exception {
        Jdk jdk = Jdk.running();
        Path archive = spec.resolve("start" + Archive.suffix(jdk));
        write(jdk.program().toString(), Archive.using(jdk, archive));
        assertFound(Level.FAIL, "spd-java", "its archive is gone or not whole");

        Files.writeString(archive, "half");
        Files.writeString(
                spec.resolve("kernel.json"),
                new KernelSpec(
                                "Java",
                                jdk.program().toString(),
                                Archive.using(jdk, archive),
                                spec.resolve("kernel.jar").toString(),
                                Contents.alone(spec),
                                Map.of(Installation.ARCHIVE_BYTES, "4000"))
                        .json());
        assertFound(Level.FAIL, "spd-java", "its archive is gone or not whole");
    }

    @Test
    void should_say_so_when_there_is_no_archive() {
        assertFound(Level.WARN, "spd-java", "no archive makes its start faster");
    }

    @Test
    void should_name_both_when_one_kernel_hides_another() throws IOException {
        Path second = Files.createDirectories(folder.resolve("second/kernels/spd-java"));
        Files.copy(spec.resolve("kernel.json"), second.resolve("kernel.json"));
        here = at(Map.of("PATH", "", "JUPYTER_PATH", data + java.io.File.pathSeparator + folder.resolve("second")));

        assertFound(Level.WARN, "spd-java", "Jupyter takes " + spec + " and never " + second);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void should_say_so_when_jupyter_does_not_look_there() throws IOException {
        Path bin = folder.resolve("bin");
        FakeJava.script(bin.resolve("jupyter"), "echo '{\"data\": [\"/elsewhere\"]}'");
        here = at(Map.of("PATH", bin.toString(), "JUPYTER_PATH", data.toString()));

        assertFound(Level.WARN, "spd-java", "jupyter does not look: " + spec);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void should_find_the_fault_when_jupyter_does_not_answer() throws IOException {
        Path bin = folder.resolve("bin");
        FakeJava.script(bin.resolve("jupyter"), "exit 1");
        here = at(Map.of("PATH", bin.toString(), "JUPYTER_PATH", data.toString()));

        assertFound(Level.FAIL, "Jupyter", "does not answer");
    }

    @Test
    void should_say_so_when_there_is_no_jupyter() {
        assertFound(Level.WARN, "Jupyter", "none on PATH");
    }

    @Test
    void should_say_so_when_another_kernel_has_the_name() throws IOException {
        Files.writeString(spec.resolve("kernel.json"), "{\"argv\": [\"python\"]}");

        assertFound(Level.WARN, "spd-java", "starts another kernel");
    }

    @Test
    void should_find_the_fault_when_the_settings_of_maven_cannot_be_read() throws IOException {
        Files.writeString(Files.createDirectories(home.resolve(".m2")).resolve("settings.xml"), "<settings>");

        assertFound(Level.WARN, "settings of Maven", "cannot be read");
    }

    @Test
    void should_say_so_when_vs_code_has_no_jupyter() throws IOException {
        Path extensions = Files.createDirectories(home.resolve(".vscode/extensions"));
        assertFound(Level.WARN, "VS Code", "its Jupyter extension is missing");

        Files.createDirectories(extensions.resolve("ms-toolsai.jupyter-2025.1.0"));
        assertThat(findings()).noneMatch(finding -> finding.what().equals("VS Code"));
    }

    @Test
    void should_say_so_when_the_locale_is_not_unicode() {
        assertThat(MachineCheck.characters(StandardCharsets.US_ASCII).level()).isEqualTo(Level.WARN);
        assertThat(MachineCheck.characters(StandardCharsets.UTF_8).level()).isEqualTo(Level.OK);
    }

    @Test
    void should_find_the_fault_when_a_folder_cannot_be_written() {
        Finding finding = MachineCheck.writable("home", folder.resolve("nowhere"), "HOME");

        assertThat(finding.level()).isEqualTo(Level.FAIL);
        assertThat(finding.toText()).startsWith("FAIL  home: ").contains("cannot be written", "-> make it writable");
    }

    @Test
    void should_tell_why_when_the_kernel_does_not_start() {
        Finding finding = SelfTest.of(spec); // its jar is empty

        assertThat(finding.level()).isEqualTo(Level.FAIL);
        assertThat(finding.found()).contains("the kernel ended with exit code 1", "org.spdbook.kernel.Main");
    }
}
