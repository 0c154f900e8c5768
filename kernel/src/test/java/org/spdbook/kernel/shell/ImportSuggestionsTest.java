package org.spdbook.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import jdk.jshell.JShell;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ImportSuggestionsTest {

    private static JShell shell;
    private static ImportSuggestions imports;

    @BeforeAll
    static void openAndWaitForItsIndex() {
        shell = JShell.builder().executionEngine("local").build();
        shell.eval("import java.util.*;");
        imports = new ImportSuggestions(shell);
        while (!shell.sourceCodeAnalysis().listQualifiedNames("HttpClient", 10).isUpToDate()) {
            LockSupport.parkNanos(50_000_000);
        }
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    @Test
    void should_name_the_import_when_a_class_is_unknown() {
        assertThat(imports.forName("HttpClient"))
                .startsWith("HttpClient is in java.net.http; add: import java.net.http.HttpClient;");
    }

    @Test
    void should_put_usual_packages_first_when_there_are_several() {
        List<String> dates = imports.forName("Attributes");
        assertThat(dates.get(0)).contains("import java.util.jar.Attributes;");
        assertThat(dates).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void should_give_none_when_a_name_is_known_or_is_none() {
        assertThat(imports.forName("List")).isEmpty();
        assertThat(imports.forName("NoSuchClassAnywhere")).isEmpty();
        assertThat(imports.forName("")).isEmpty();
        assertThat(imports.forName("a.b")).isEmpty();
    }

    @Test
    void should_read_names_when_the_compiler_does_not_find_symbols() {
        assertThat(imports.forMessage("cannot find symbol\n  symbol:   class HttpClient\n  location: class Duration"))
                .first()
                .asString()
                .contains("java.net.http");
        assertThat(imports.forMessage("cannot find symbol\n  symbol:   variable Duration")
                        .get(0))
                .contains("java.time");
        assertThat(imports.forMessage("f uses what is not defined yet: class HttpClient, variable Duration"))
                .anyMatch(line -> line.contains("java.net.http"))
                .anyMatch(line -> line.contains("java.time"));
        assertThat(imports.forMessage("incompatible types")).isEmpty();
    }
}
