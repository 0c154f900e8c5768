package org.spdbook.kernel.install;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spdbook.kernel.Main;

/**
 * A kernelspec as it lies in a folder.
 *
 * @param folder of the kernelspec, whose name is the kernel's
 * @param json content of its {@code kernel.json}
 */
record InstalledSpec(Path folder, JsonObject json) {

    /**
     * Reads one.
     *
     * @throws InstallException if its {@code kernel.json} is not what Jupyter reads, in a sentence
     */
    static InstalledSpec read(Path folder) throws InstallException {
        Path file = folder.resolve(KernelSpec.FILE);
        try {
            JsonElement content = JsonParser.parseString(Files.readString(file));
            if (content instanceof JsonObject json
                    && json.get("argv") != null
                    && json.get("argv").isJsonArray()
                    && !json.getAsJsonArray("argv").isEmpty()) {
                return new InstalledSpec(folder, json);
            }
            throw new InstallException(file + " names no command (argv), so Jupyter cannot start it");
        } catch (JsonParseException e) {
            throw new InstallException(file + " is no valid JSON: " + firstLine(e), e);
        } catch (IOException e) {
            throw new InstallException(file + " cannot be read: " + e, e);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** All kernelspecs of a data folder of Jupyter, in the order of names; those that cannot be read are passed to nobody. */
    static List<Path> folders(Path data) {
        try (var all = Files.list(data.resolve("kernels"))) {
            return all.filter(folder -> Files.isRegularFile(folder.resolve(KernelSpec.FILE)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of(); // like Jupyter: a folder that is not there has none
        }
    }

    /** What notebooks store; the name of the folder. */
    String name() {
        return String.valueOf(folder.getFileName());
    }

    /** What people see. */
    String displayName() {
        JsonElement name = json.get("display_name");
        return name == null ? name() : name.getAsString();
    }

    /** The command, with this folder in place of {@code {resource_dir}}. */
    List<String> argv() {
        List<String> words = new ArrayList<>();
        json.getAsJsonArray("argv")
                .forEach(word -> words.add(word.getAsString().replace("{resource_dir}", folder.toString())));
        return words;
    }

    /** Whether it starts this kernel. */
    boolean ours() {
        return argv().contains(Main.class.getName());
    }

    /** Options of the JVM: what is between the program and its class path. */
    List<String> options() {
        List<String> argv = argv();
        int end = argv.indexOf("-cp");
        return end < 1 ? List.of() : argv.subList(1, end);
    }

    /** The jar of the kernel. */
    Optional<Path> jar() {
        List<String> argv = argv();
        int at = argv.indexOf("-cp");
        return at < 0 || at + 1 == argv.size() ? Optional.empty() : Optional.of(Path.of(argv.get(at + 1)));
    }

    /** A variable that it sets for the kernel. */
    Map<String, String> environment() {
        Map<String, String> all = new LinkedHashMap<>();
        if (json.get("env") instanceof JsonObject env) {
            env.asMap().forEach((name, value) -> all.put(name, value.getAsString()));
        }
        return all;
    }

    /** A fact of the installation. */
    Optional<String> fact(String name) {
        return json.get("metadata") instanceof JsonObject metadata
                        && metadata.get(KernelSpec.FACTS) instanceof JsonObject facts
                        && facts.get(name) != null
                ? Optional.of(facts.get(name).getAsString())
                : Optional.empty();
    }
}
