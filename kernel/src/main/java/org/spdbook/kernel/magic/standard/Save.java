package org.spdbook.kernel.magic.standard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spdbook.kernel.magic.FileCompletion;
import org.spdbook.kernel.magic.MagicCall;
import org.spdbook.kernel.magic.MagicException;
import org.spdbook.kernel.shell.History;

/** {@code %save FILE}: writes the cells of this session to a file that {@link Load} reads. */
public final class Save extends StandardMagic {

    /** Begins each cell of a file. */
    static final String MARK = "// %%";

    private static final Pattern COUNTS = Pattern.compile("(\\d+)(?:-(\\d+))?");

    /** Made by ServiceLoader. */
    public Save() {
        super(Usage.of(
                        "save",
                        "%save [-f] FILE [COUNT|FROM-TO ...]",
                        "writes the cells that ran to a file, to be read by %load or jshell")
                .option("-f", "", "replaces a file that is there")
                .notes("Without counts all cells of this session but this one: %save start.jsh 1-4 7\n"
                        + "Each cell begins with the line " + MARK
                        + ", as editors know it. Magics are kept; jshell itself knows none."));
    }

    @Override
    public String run(MagicCall call) throws IOException {
        Given given = usage().read(call.arguments());
        if (given.words().isEmpty()) {
            throw given.wrong();
        }
        Path file = LocalFile.of(given.words().get(0), call.session().folder());
        WriteFile.check(file);
        if (Files.exists(file) && !given.has("-f")) {
            throw new MagicException(file + " is there already; %save -f replaces it");
        }
        List<History.Entry> cells = cells(
                given.words().subList(1, given.words().size()), call.session().history());
        StringBuilder text = new StringBuilder();
        for (History.Entry cell : cells) {
            text.append(MARK).append(" [").append(cell.count()).append("]\n");
            text.append(cell.source().stripTrailing()).append("\n\n");
        }
        Files.writeString(file, text);
        return "Saved " + cells.size() + (cells.size() == 1 ? " cell to " : " cells to ") + file;
    }

    private static List<History.Entry> cells(List<String> counts, History history) {
        if (counts.isEmpty()) {
            List<History.Entry> all = history.range(0, 0, Integer.MAX_VALUE);
            int last = all.size() - 1;
            return last >= 0 && all.get(last).source().contains("%save") ? all.subList(0, last) : all;
        }
        List<History.Entry> cells = new ArrayList<>();
        for (String word : counts) {
            Matcher range = COUNTS.matcher(word);
            if (!range.matches()) {
                throw new MagicException("%save takes the counts of cells such as 3 or 1-4, got " + word);
            }
            int from = Integer.parseInt(range.group(1));
            int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
            List<History.Entry> found = history.range(0, from, to + 1);
            if (found.isEmpty()) {
                throw new MagicException("no cell of this session has the count " + word);
            }
            cells.addAll(found);
        }
        return cells;
    }

    @Override
    List<Completion> words(String typed, Path folder) {
        return FileCompletion.complete(folder, typed);
    }
}
