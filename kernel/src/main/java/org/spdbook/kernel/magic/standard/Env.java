package org.spdbook.kernel.magic.standard;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.magic.MagicCall;
import org.spdbook.kernel.magic.MagicException;
import org.spdbook.kernel.magic.Nearest;

/** {@code %env}: the environment of the processes that {@code %sh} starts. */
public final class Env extends StandardMagic {

    /** Made by ServiceLoader. */
    public Env() {
        super(Usage.of("env", "%env\n%env NAME\n%env NAME=VALUE", "lists, gives or sets environment variables for %sh")
                .option("-d", "", "removes the variable NAME")
                .notes(
                        "Java cannot change the environment of its own process: what is set here is seen by %sh and %%sh,\n"
                                + "while System.getenv stays as the kernel was started."));
    }

    @Override
    public @Nullable Object run(MagicCall call) {
        Given given = usage().read(call.arguments());
        Map<String, String> variables =
                call.session().shared(Environment.class, Environment::new).variables();
        if (given.words().isEmpty()) {
            return table(variables);
        }
        String word = given.only();
        int equals = word.indexOf('=');
        if (equals > 0) {
            variables.put(word.substring(0, equals), word.substring(equals + 1));
            return null;
        }
        String value = given.has("-d") ? variables.remove(word) : variables.get(word);
        if (value == null) {
            throw new MagicException("there is no environment variable " + word
                    + Nearest.question(word, List.copyOf(variables.keySet()), "")
                    + "; %env NAME=VALUE sets one for %sh");
        }
        return given.has("-d") ? null : value;
    }

    private static Object table(Map<String, String> variables) {
        synchronized (variables) {
            return table(
                    List.of("name", "value"),
                    variables.entrySet().stream()
                            .map(entry -> List.of(entry.getKey(), entry.getValue()))
                            .toList(),
                    "the environment is empty");
        }
    }

    @Override
    List<Completion> words(String typed, Path folder) {
        return System.getenv().keySet().stream()
                .filter(name -> name.startsWith(typed))
                .sorted()
                .map(name -> new Completion(name, "value"))
                .toList();
    }
}
