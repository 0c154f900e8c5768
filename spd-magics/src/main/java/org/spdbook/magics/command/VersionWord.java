package org.spdbook.magics.command;

import org.spdbook.experiment.Versions;
import org.spdbook.magics.front.Front;
import picocli.CommandLine;

/** {@code version}: of this software. */
@CommandLine.Command(name = "version", description = "Print the version.")
public final class VersionWord implements Word {

    @Override
    public Answer answer(Front front) {
        return Answer.of("spd " + Versions.software());
    }
}
