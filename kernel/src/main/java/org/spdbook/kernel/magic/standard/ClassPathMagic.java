package org.spdbook.kernel.magic.standard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.spdbook.kernel.magic.FileCompletion;
import org.spdbook.kernel.magic.MagicCall;
import org.spdbook.kernel.magic.MagicException;
import org.spdbook.kernel.shell.ClassPath;

/** {@code %classpath}: lists the class path of the cells, or adds to it. */
public final class ClassPathMagic extends StandardMagic {

    /** Made by ServiceLoader. */
    public ClassPathMagic() {
        super(
                Usage.of(
                                "classpath",
                                "%classpath\n%classpath PATH ...",
                                "lists the class path, or adds jars and folders of classes")
                        .notes(
                                "Classes are looked for in the order of the list. What cells add wins over the libraries of the kernelspec,\n"
                                        + "but for packages that the kernel shares with the cells. See also %jars and %maven."));
    }

    @Override
    public Object run(MagicCall call) throws IOException {
        Given given = usage().read(call.arguments());
        if (given.words().isEmpty()) {
            return list(call.session().classPath());
        }
        List<Path> entries = new ArrayList<>();
        for (String word : given.words()) {
            Path entry = LocalFile.existing(word, call.session().folder());
            if (!Files.isDirectory(entry) && !isArchive(entry)) {
                throw new MagicException(entry + " is no jar and no folder; a class path is made of those");
            }
            entries.add(entry);
        }
        return added(call, entries);
    }

    /** Adds entries and says what was new. */
    static String added(MagicCall call, List<Path> entries) throws IOException {
        List<Path> news = call.session().addToClassPath(entries);
        StringBuilder text = new StringBuilder();
        for (Path entry : entries) {
            text.append(news.contains(entry) ? "Added " : "Already there: ").append(entry);
            text.append(Files.isDirectory(entry) ? "/" : " (" + LocalFile.size(Files.size(entry)) + ")")
                    .append('\n');
        }
        return text.toString().stripTrailing();
    }

    static boolean isArchive(Path entry) {
        return entry.toString().endsWith(".jar") || entry.toString().endsWith(".zip");
    }

    private static Object list(ClassPath classPath) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (Path entry : classPath.entries()) {
            String origin = classPath.added().contains(entry) ? "added" : "kernelspec";
            String size = !Files.exists(entry)
                    ? "missing"
                    : Files.isDirectory(entry) ? "folder" : LocalFile.size(Files.size(entry));
            rows.add(List.of(entry.toString(), size, origin));
        }
        return table(
                List.of("entry", "size", "origin"),
                rows,
                "only the JDK and the kernel; %maven, %jars and %classpath PATH add to it");
    }

    @Override
    List<Completion> words(String typed, Path folder) {
        return FileCompletion.complete(folder, typed, ClassPathMagic::isArchive);
    }
}
