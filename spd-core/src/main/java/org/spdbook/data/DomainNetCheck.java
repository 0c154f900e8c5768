package org.spdbook.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a DomainNet folder are like, against its lists. Names are in the order of the lists.
 *
 * @param files different files that the lists name
 * @param missing names of those that are not there
 * @param broken names of those that are there and do not decode, with the reason
 * @param repeated names that stand in the lists more than once
 */
public record DomainNetCheck(int files, List<String> missing, Map<String, String> broken, List<String> repeated) {

    /**
     * Decodes every file once, on all cores.
     *
     * @param progress told how many files are done, from any thread
     */
    public static DomainNetCheck of(DomainNet data, IntConsumer progress) {
        Set<String> names = new LinkedHashSet<>();
        Set<String> repeated = new LinkedHashSet<>();
        data.lists()
                .values()
                .forEach(list -> list.stream()
                        .map(LabelledFile::name)
                        .filter(name -> !names.add(name))
                        .forEach(repeated::add));
        var done = new AtomicInteger();
        List<Finding> findings = names.parallelStream()
                .map(name -> {
                    Finding finding = look(data.root(), name);
                    progress.accept(done.incrementAndGet());
                    return finding;
                })
                .filter(finding -> finding.missing || finding.reason != null)
                .toList();
        List<String> missing = new ArrayList<>();
        Map<String, String> broken = new LinkedHashMap<>();
        for (Finding finding : findings) {
            if (finding.reason != null) {
                broken.put(finding.name, finding.reason);
            } else {
                missing.add(finding.name);
            }
        }
        return new DomainNetCheck(names.size(), missing, broken, List.copyOf(repeated));
    }

    private record Finding(
            String name, boolean missing, @Nullable String reason) {}

    private static Finding look(Path root, String name) {
        Path file = root.resolve(name);
        if (!Files.isRegularFile(file)) {
            return new Finding(name, true, null);
        }
        try {
            ImageFile.rgb(Files.readAllBytes(file));
            return new Finding(name, false, null);
        } catch (IOException e) {
            return new Finding(name, false, String.valueOf(e.getMessage()));
        }
    }

    /** Whether every file is there and decodes. */
    public boolean isComplete() {
        return missing.isEmpty() && broken.isEmpty();
    }
}
