package org.spdbook.kernel.install;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.spdbook.kernel.magic.Nearest;

/**
 * The words with which the kernel is installed: {@code install}, {@code uninstall}, {@code list}, {@code doctor}. Data goes to one
 * stream, messages to the other.
 *
 * @param contents what is installed
 * @param here the machine
 * @param out for data
 * @param messages for the rest
 */
public record KernelCommand(Contents contents, Surroundings here, PrintStream out, PrintStream messages) {

    /** The words, in the order of the help. */
    public static final List<String> WORDS = List.of("install", "uninstall", "list", "doctor", "help");

    private static final String HELP = """
            install    makes Jupyter know this kernel, in place of an older installation
              --user             for this user (the default)
              --sys-prefix       for the active Python environment
              --prefix DIR       for the Python environment in a folder
              --name N           name that notebooks store; %s unless given
              --display-name T   name that people see
              --java PATH        JDK that runs the kernel; the one that runs this unless given
              --jvm-arg A        option of its JVM, such as -Xmx4g; may be repeated
              --preview          with the preview features of that JDK
              --no-cds           without the archive that makes the start faster (and takes seconds to write)
            uninstall  takes it away: --name N, and --user, --sys-prefix or --prefix DIR if it is in several places
            list       names the kernels of this kind that Jupyter finds
            doctor     looks for what keeps the kernel from starting: --prefix DIR to look there too, --no-start to start none""".formatted(KernelSpec.NAME);

    private static final String NAME = "--name";
    private static final String DISPLAY_NAME = "--display-name";
    private static final String JAVA = "--java";
    private static final String JVM_ARG = "--jvm-arg";
    private static final String PREVIEW = "--preview";
    private static final String NO_CDS = "--no-cds";
    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9._-]+");

    /**
     * Does what the words say.
     *
     * @return exit code: 0 done, 1 failed
     * @throws IllegalArgumentException for wrong use, in one sentence
     */
    public int run(List<String> words) {
        String word = words.isEmpty() ? "help" : words.get(0);
        List<String> rest = words.isEmpty() ? List.of() : words.subList(1, words.size());
        if (word.equals("-h") || word.equals("--help") || rest.contains("-h") || rest.contains("--help")) {
            word = "help";
        }
        try {
            return switch (word) {
                case "install" -> install(rest);
                case "uninstall" -> uninstall(rest);
                case "list" -> list(rest);
                case "doctor" -> doctor(rest);
                case "help" -> {
                    out.println(HELP);
                    yield 0;
                }
                default -> {
                    String guess = Nearest.question(word, WORDS, "");
                    throw new IllegalArgumentException("kernel does not know " + word + (guess.isEmpty() ? ";" : guess)
                            + " its words are " + String.join(", ", WORDS));
                }
            };
        } catch (InstallException e) {
            messages.println("kernel " + word + ": " + e.getMessage());
            return 1;
        } catch (IOException e) {
            messages.println("kernel " + word + ": a file could not be read or written: " + e);
            return 1;
        }
    }

    private int install(List<String> words) throws InstallException, IOException {
        Arguments asked = Arguments.read(
                "install",
                union(Place.FLAGS, Set.of(PREVIEW, NO_CDS)),
                Set.of(Place.PREFIX, NAME, DISPLAY_NAME, JAVA, JVM_ARG),
                words);
        Optional<Path> place = Place.of(asked, here);
        String name = name(asked);
        Optional<String> java = asked.value(JAVA);
        List<String> options = new ArrayList<>(asked.all(JVM_ARG));
        if (asked.has(PREVIEW)) {
            options.add(KernelSpec.PREVIEW);
        }
        Order order = new Order(
                place.orElseGet(() -> JupyterFolders.user(here)),
                name,
                asked.value(DISPLAY_NAME)
                        .orElse(name.equals(KernelSpec.NAME) ? KernelSpec.DISPLAY_NAME : "Java (" + name + ")"),
                java.isPresent() ? Jdk.named(Path.of(java.get()), here) : Jdk.running(),
                options,
                !asked.has(NO_CDS));
        Installation.Installed done = new Installation(order, contents).install();
        messages.println("installed the kernel " + order.displayName() + " in " + done.folder());
        if (!done.remark().isEmpty()) {
            messages.println("it starts without an archive, which takes about half a second longer: " + done.remark());
        }
        return 0;
    }

    private static String name(Arguments asked) {
        String name = asked.value(NAME).orElse(KernelSpec.NAME);
        if (!NAMES.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a kernel's name has letters, digits, dots, hyphens and underscores, found " + name
                            + "; choose another, and say the rest with --display-name");
        }
        return name;
    }

    private int uninstall(List<String> words) throws InstallException, IOException {
        Arguments asked = Arguments.read("uninstall", Place.FLAGS, Set.of(Place.PREFIX, NAME), words);
        String name = name(asked);
        Optional<Path> place = Place.of(asked, here);
        List<Path> found = place.map(List::of).orElseGet(() -> JupyterFolders.searched(here)).stream()
                .map(data -> data.resolve("kernels").resolve(name))
                .filter(folder -> Files.isRegularFile(folder.resolve(KernelSpec.FILE)))
                .toList();
        if (found.size() > 1) {
            throw new InstallException("the kernel " + name + " is installed in several places; say which with --user,"
                    + " --sys-prefix or --prefix: "
                    + found.stream().map(Path::toString).collect(Collectors.joining(", ")));
        }
        if (found.isEmpty()) {
            throw new InstallException("no kernel " + name + " is installed in "
                    + place.map(Path::toString).orElse("the places where Jupyter looks")
                    + "; list names those there are");
        }
        Installation.remove(found.get(0));
        messages.println("removed the kernel " + name + " from " + found.get(0));
        return 0;
    }

    private int list(List<String> words) throws InstallException {
        Arguments asked = Arguments.read("list", Place.FLAGS, Set.of(Place.PREFIX), words);
        List<Path> places = Place.of(asked, here).map(List::of).orElseGet(() -> JupyterFolders.searched(here));
        List<InstalledSpec> found = new ArrayList<>();
        for (Path folder : places.stream()
                .map(InstalledSpec::folders)
                .flatMap(List::stream)
                .toList()) {
            try {
                InstalledSpec spec = InstalledSpec.read(folder);
                if (spec.ours()) {
                    found.add(spec);
                }
            } catch (InstallException e) {
                messages.println(e.getMessage());
            }
        }
        found.forEach(spec -> out.println(String.join(
                "\t",
                spec.name(),
                spec.displayName(),
                spec.argv().get(0),
                spec.folder().toString())));
        if (found.isEmpty()) {
            messages.println("no Java kernel of this kind is installed in "
                    + places.stream().map(Path::toString).collect(Collectors.joining(", ")));
        }
        return 0;
    }

    private int doctor(List<String> words) throws InstallException {
        Arguments asked = Arguments.read(
                "doctor", union(Place.FLAGS, Set.of(Doctor.NO_START)), Set.of(Place.PREFIX, NAME), words);
        List<Finding> findings =
                new Doctor(here, Place.of(asked, here), asked.value(NAME), !asked.has(Doctor.NO_START)).findings();
        findings.forEach(finding -> out.println(finding.toText()));
        return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.FAIL) ? 1 : 0;
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
