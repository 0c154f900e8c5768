package org.spdbook.magics.command;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import picocli.CommandLine;

/** The option {@code --json}. */
final class Json {

    @CommandLine.Option(names = "--json", description = "print JSON")
    private boolean asked;

    boolean isAsked() {
        return asked;
    }

    /** A tree as one line. */
    static String line(Object tree) {
        return new Gson().toJson(tree);
    }

    static String text(Object tree) {
        return new GsonBuilder().setPrettyPrinting().create().toJson(tree);
    }
}
