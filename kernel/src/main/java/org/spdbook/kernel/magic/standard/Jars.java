package org.spdbook.kernel.magic.standard;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.spdbook.kernel.magic.FileCompletion;
import org.spdbook.kernel.magic.MagicCall;
import org.spdbook.kernel.magic.MagicException;

/** {@code %jars PATTERN}: adds the jars that match. */
public final class Jars extends StandardMagic {

    /** Made by ServiceLoader. */
    public Jars() {
        super(Usage.of("jars", "%jars PATTERN ...", "adds jars to the class path, by file, folder or pattern")
                .notes(
                        "A folder stands for the jars in it. In a pattern * is any text within a name, ** also across folders:\n"
                                + "%jars lib/*.jar 'deps/**.jar'"));
    }

    @Override
    public Object run(MagicCall call) throws IOException {
        Given given = usage().read(call.arguments());
        if (given.words().isEmpty()) {
            throw given.wrong();
        }
        List<Path> jars = new ArrayList<>();
        for (String pattern : given.words()) {
            List<Path> found = matching(pattern, call.session().folder());
            if (found.isEmpty()) {
                throw new MagicException(
                        "no jar matches " + pattern + " below " + call.session().folder());
            }
            jars.addAll(found);
        }
        return ClassPathMagic.added(call, jars.stream().distinct().toList());
    }

    private static List<Path> matching(String pattern, Path folder) throws IOException {
        int star = pattern.replace('?', '*').replace('[', '*').replace('{', '*').indexOf('*');
        if (star < 0) {
            Path file = LocalFile.existing(pattern, folder);
            return Files.isDirectory(file) ? matching(pattern + "/*.jar", folder) : List.of(file);
        }
        Path base = LocalFile.existing(pattern.substring(0, pattern.lastIndexOf('/', star) + 1), folder);
        String rest = pattern.substring(pattern.lastIndexOf('/', star) + 1);
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
        int depth = rest.contains("**")
                ? Integer.MAX_VALUE
                : 1 + (int) rest.chars().filter(c -> c == '/').count();
        try (Stream<Path> all = Files.walk(base, depth)) {
            return all.filter(path -> matcher.matches(base.relativize(path)))
                    .filter(ClassPathMagic::isArchive)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    @Override
    List<Completion> words(String typed, Path folder) {
        return FileCompletion.complete(folder, typed, ClassPathMagic::isArchive);
    }
}
