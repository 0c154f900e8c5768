package org.spdbook.kernel.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Java that was asked what it is.
 *
 * @param program the file {@code bin/java}, absolute
 * @param feature 17 or more
 * @param version with its build, such as {@code 17.0.15+6}
 */
public record Jdk(Path program, int feature, String version) {

    /** The oldest Java that runs the kernel. */
    public static final int OLDEST = 17;

    private static final int PATIENCE_SECONDS = 60;
    private static final List<String> NEEDED = List.of("jdk.compiler", "jdk.jshell");

    /**
     * The Java that runs now.
     *
     * @throws InstallException if it lacks the compiler or JShell
     */
    public static Jdk running() throws InstallException {
        return probe(Path.of(
                System.getProperty("java.home"), "bin", Surroundings.here().program("java")));
    }

    /**
     * The Java that was named.
     *
     * @param named the program, or the folder of a JDK
     * @throws InstallException if there is none, or it cannot run the kernel
     */
    public static Jdk named(Path named, Surroundings here) throws InstallException {
        Path absolute = named.toAbsolutePath().normalize();
        Path program = Files.isDirectory(absolute) ? absolute.resolve("bin").resolve(here.program("java")) : absolute;
        if (!Files.isRegularFile(program)) {
            throw new InstallException("a java program or the folder of a JDK is needed, found none at " + program);
        }
        return probe(program);
    }

    /**
     * Asks a java program what it is.
     *
     * @throws InstallException if it cannot run the kernel, in a sentence
     */
    static Jdk probe(Path program) throws InstallException {
        String said = ask(program, "-XshowSettings:properties", "-version");
        String specification = setting("specification", said);
        if (specification.isEmpty()) {
            throw new InstallException(program + " does not answer as a java program does; name the java of a JDK "
                    + OLDEST + " or newer with --java");
        }
        int feature = Integer.parseInt(specification.replaceFirst("^1\\.", ""));
        if (feature < OLDEST) {
            throw new InstallException("JDK " + OLDEST + " or newer is needed, " + program + " is " + specification
                    + "; name another with --java");
        }
        String modules = ask(program, "--list-modules");
        String missing = NEEDED.stream()
                .filter(module -> !Pattern.compile("(?m)^" + Pattern.quote(module) + "(@|$)")
                        .matcher(modules)
                        .find())
                .collect(Collectors.joining(" and "));
        if (!missing.isEmpty()) {
            throw new InstallException("a JDK is needed, " + program + " is only a runtime: it lacks " + missing
                    + "; install a JDK and name its java with --java");
        }
        return new Jdk(program, feature, setting("runtime", said));
    }

    private static String ask(Path program, String... options) throws InstallException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(options));
        try {
            return Programs.run(PATIENCE_SECONDS, command).output();
        } catch (IOException e) {
            throw new InstallException(program + " is no java program that runs here: " + e.getMessage(), e);
        }
    }

    private static String setting(String kind, String said) {
        Matcher found =
                Pattern.compile("(?m)^ *java\\." + kind + "\\.version = (\\S+)").matcher(said);
        return found.find() ? found.group(1) : "";
    }

    /**
     * What this Java has to say against options.
     *
     * @return its own words; empty when it starts with them
     * @throws IOException if it cannot be run
     */
    Optional<String> refusal(List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(options);
        command.add("-version");
        Programs.Ended ended = Programs.run(PATIENCE_SECONDS, command);
        return ended.code() == 0
                ? Optional.empty()
                : Optional.of(ended.output()
                        .lines()
                        .filter(line -> !line.isBlank())
                        .findFirst()
                        .orElse("exit code " + ended.code()));
    }
}
