package org.spdbook.magics.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.spdbook.experiment.Known;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunFolder;
import org.spdbook.magics.front.Front;

/** Finds the runs that words mean: a Java variable, an id, or the beginning of one. */
final class RunChoice {

    private RunChoice() {}

    /**
     * Runs that have ended.
     *
     * @throws IllegalArgumentException if a name is not known or a run has not ended
     */
    static List<Run> runs(Front front, List<String> names) throws IOException {
        List<Run> runs = new ArrayList<>();
        for (String name : names) {
            Optional<Run> variable = front.variable(name);
            runs.add(variable.isPresent() ? variable.get() : folder(front, name).load());
        }
        return runs;
    }

    /** The folder of a run; of a variable the folder it was stored in. */
    static RunFolder folder(Front front, String name) throws IOException {
        String id = front.variable(name).map(Run::name).orElse(name);
        try {
            return front.runs().find(id);
        } catch (IllegalArgumentException e) {
            if (front.variables().isEmpty() || String.valueOf(e.getMessage()).contains("may be one of")) {
                throw e;
            }
            Set<String> known = new LinkedHashSet<>(front.variables());
            front.runs().list().forEach(folder -> known.add(folder.id()));
            throw new IllegalArgumentException(Known.sentence("run", name, known), e);
        }
    }
}
