package org.spdbook.magics.command;

import com.google.gson.GsonBuilder;
import picocli.CommandLine;

/** The option {@code --json}. */
final class Json {

    @CommandLine.Option(names = "--json", description = "print JSON")
    private boolean asked;

    boolean isAsked() {
        return asked;
    }

    static String text(Object tree) {
        return new GsonBuilder().setPrettyPrinting().create().toJson(tree);
    }
}
