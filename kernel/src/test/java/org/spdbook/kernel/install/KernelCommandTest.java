package org.spdbook.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Installations without an archive; those with one are tested as real processes. */
class KernelCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private Path prefix;
    private Path jar;

    @BeforeEach
    void build() throws IOException {
        prefix = folder.resolve("a prefix");
        jar = Files.writeString(folder.resolve("kernel.jar"), "first build");
    }

    private int run(String... words) {
        Contents contents = new Contents(
                jar, "/a path/lib/*", List.of("ai.djl"), List.of("-Dspd.lib=x"), Map.of("OMP_NUM_THREADS", "1"));
        Surroundings here = new Surroundings(Map.of("PATH", ""), System.getProperty("os.name"), folder.resolve("home"));
        out.reset();
        messages.reset();
        return new KernelCommand(contents, here, print(out), print(messages)).run(List.of(words));
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private int install(String... more) {
        List<String> words = new ArrayList<>(List.of("install", "--no-cds", "--prefix", prefix.toString()));
        words.addAll(Arrays.asList(more));
        return run(words.toArray(String[]::new));
    }

    private Path spec(String name) {
        return prefix.resolve("share/jupyter/kernels").resolve(name);
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void should_write_what_jupyter_reads_when_installed() throws Exception {
        assertThat(install("--jvm-arg", "-Xmx64m", "--jvm-arg=-Da=b", "--display-name", "My Java"))
                .isZero();

        JsonObject json = JsonParser.parseString(
                        Files.readString(spec("spd-java").resolve("kernel.json")))
                .getAsJsonObject();
        InstalledSpec read = InstalledSpec.read(spec("spd-java"));
        assertThat(read.argv())
                .startsWith(FakeJava.running().toString())
                .endsWith(
                        "-cp",
                        read.jar().orElseThrow().toString(),
                        "org.spdbook.kernel.Main",
                        "--libraries",
                        "/a path/lib/*",
                        "--shared",
                        "ai.djl",
                        "{connection_file}");
        assertThat(read.options())
                .contains("-Dspd.lib=x", "-Dfile.encoding=UTF-8")
                .endsWith("-Xmx64m", "-Da=b");
        assertThat(read.jar().orElseThrow()).hasParent(spec("spd-java")).hasContent("first build");
        assertThat(json.get("interrupt_mode").getAsString()).isEqualTo("message");
        assertThat(json.get("display_name").getAsString()).isEqualTo("My Java");
        assertThat(json.get("language").getAsString()).isEqualTo("java");
        assertThat(json.getAsJsonObject("metadata").get("debugger").getAsBoolean())
                .isFalse();
        assertThat(read.environment()).containsEntry("OMP_NUM_THREADS", "1");
        assertThat(names(spec("spd-java"))).contains("logo-32x32.png", "logo-64x64.png", "logo-svg.svg");
    }

    @Test
    void should_tell_jvm_and_kernel_when_preview_features_are_asked_for() throws Exception {
        install("--preview");

        InstalledSpec read = InstalledSpec.read(spec("spd-java"));
        assertThat(read.options()).contains("--enable-preview");
        assertThat(read.argv()).endsWith("--preview", "{connection_file}");
    }

    @Test
    void should_keep_one_jar_when_installed_again_with_another() throws Exception {
        install();
        List<String> before = names(spec("spd-java"));
        jar = Files.writeString(folder.resolve("kernel.jar"), "second build");
        install();

        assertThat(names(spec("spd-java"))).hasSameSizeAs(before).isNotEqualTo(before);
        assertThat(InstalledSpec.read(spec("spd-java")).jar().orElseThrow()).hasContent("second build");
    }

    @Test
    void should_leave_the_older_kernel_whole_when_the_new_one_is_refused() throws Exception {
        install();
        String before = Files.readString(spec("spd-java").resolve("kernel.json"));

        assertThat(install("--jvm-arg", "-XX:+NoSuchFlag")).isOne();

        assertThat(messages.toString(StandardCharsets.UTF_8)).contains("refuses the options -XX:+NoSuchFlag");
        assertThat(spec("spd-java").resolve("kernel.json")).hasContent(before.strip());
    }

    @Test
    void should_leave_nothing_when_taken_away() {
        install("--name", "other");

        assertThat(run("uninstall", "--prefix", prefix.toString(), "--name", "other"))
                .isZero();
        assertThat(spec("other")).doesNotExist();
        assertThat(run("uninstall", "--prefix", prefix.toString(), "--name", "other"))
                .isOne();
        assertThat(messages.toString(StandardCharsets.UTF_8)).contains("no kernel other is installed in");
    }

    @Test
    void should_not_touch_a_kernel_when_it_is_another() throws Exception {
        Path python = Files.createDirectories(spec("python3")).resolve("kernel.json");
        Files.writeString(python, "{\"argv\": [\"python\"]}");

        assertThat(install("--name", "python3")).isOne();
        assertThat(messages.toString(StandardCharsets.UTF_8)).contains("holds another kernel");
        assertThat(run("uninstall", "--prefix", prefix.toString(), "--name", "python3"))
                .isOne();
        assertThat(python).hasContent("{\"argv\": [\"python\"]}");
    }

    @Test
    void should_install_for_the_user_when_no_place_is_given() {
        assertThat(run("install", "--no-cds", "--name", "mine")).isZero();
        assertThat(run("list")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("mine\tJava (mine)\t")
                .hasLineCount(1);
        assertThat(run("uninstall", "--name", "mine")).isZero();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void should_ask_python_when_no_environment_is_active() throws Exception {
        Path bin = folder.resolve("bin");
        FakeJava.script(bin.resolve("python3"), "echo '" + prefix + "'");
        Surroundings here = new Surroundings(Map.of("PATH", bin.toString()), "Linux", folder);

        assertThat(Place.of(Arguments.read("list", Place.FLAGS, java.util.Set.of(), List.of("--sys-prefix")), here))
                .contains(prefix.resolve("share/jupyter"));
    }

    @Test
    void should_say_what_to_do_when_no_python_is_there() {
        assertThat(run("install", "--sys-prefix")).isOne();
        assertThat(messages.toString(StandardCharsets.UTF_8)).contains("found neither; activate one");
    }

    @Test
    void should_refuse_in_one_sentence_when_used_wrongly() {
        assertThatThrownBy(() -> run("instal")).hasMessageContaining("did you mean install?");
        assertThatThrownBy(() -> install("--user")).hasMessageContaining("contradict each other");
        assertThatThrownBy(() -> install("--name", "a b")).hasMessageContaining("found a b;");
    }

    @Test
    void should_refuse_a_folder_of_classes_when_it_is_no_jar() {
        jar = folder;

        assertThat(install()).isOne();
        assertThat(messages.toString(StandardCharsets.UTF_8)).contains("installed from its jar");
    }
}
