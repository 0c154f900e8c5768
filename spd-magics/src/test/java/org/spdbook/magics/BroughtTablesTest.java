package org.spdbook.magics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunStore;
import org.spdbook.experiment.World;
import org.spdbook.experiment.sweep.SweepGrid;
import org.spdbook.experiment.table.SeedRange;
import org.spdbook.experiment.table.TablePlans;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.magic.MagicException;
import org.spdbook.ledger.BookPages;
import org.spdbook.ledger.Ledger;
import org.spdbook.ledger.Verdict;

/** The tables, claims and pages that come with the software are those of its present data, weights and defaults. */
class BroughtTablesTest {

    private static final Path BOOK = Path.of("../book");

    @TempDir
    private Path folder;

    private String spd(String words) throws Exception {
        return spd(words, new FakeSession());
    }

    private String spd(String words, FakeSession session) throws Exception {
        Object shown = new SpdMagic(new RunStore(folder)).run(session.call(words));
        return ((DisplayBundle) shown).plain();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "table 1",
                "table 2 --experiment emoji",
                "table 1 --experiment domainnet",
                "table 1 --experiment domainnet --domains paper",
                "table 1 --experiment domainnet --on all",
                "table 2",
                "table 2 --on clipart --domains paper",
                "table controls --experiment emoji",
                "table controls --experiment domainnet",
                "table variants",
                "table 3",
                "table variants --experiment domainnet --pretrained 0..2",
                "table controls --experiment domainnet --pretrained 0..2",
                "table rates",
                "table 5",
                "table fractions"
            })
    void should_know_every_cell_when_a_table_is_asked(String words) throws Exception {
        String text = spd(words);

        assertThat(text).contains("not the paper's numbers", "adam-spd").doesNotContain("missing");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void should_say_what_is_missing_and_how_to_get_it_when_seeds_are_not_known() throws Exception {
        assertThat(spd("table 1 --seeds 2..3"))
                .contains("40 runs are missing; --run computes them, about", "minutes of one core");
        assertThatThrownBy(() -> spd("table 1 --seeds 7..8"))
                .hasMessageContaining("no run of table 1 on emoji is known; 80 runs are missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"table 1 --stored ", "plot rates --stored "})
    void should_say_which_tables_there_are_when_a_stored_one_is_missing(String words) {
        Path missing = folder.resolve("missing.json");

        assertThatThrownBy(() -> spd(words + missing))
                .isInstanceOf(MagicException.class)
                .hasMessage("there is no file " + missing + ", and no table of this name comes with the software;"
                        + " choose one of commonsense-table5, commonsense-fractions, domainnet-table1, domainnet-controls, domainnet-variants, domainnet-l2sp-table2,"
                        + " domainnet-l2sp-table2-clipart, emoji-table1, emoji-table2, emoji-rates,"
                        + " emoji-controls, emoji-variants, imagenet-table3, pascal-table4, vqa-table6");
    }

    @Test
    void should_show_a_table_that_the_software_brings_when_it_is_named() throws Exception {
        assertThat(spd("table 1 --stored emoji-table1"))
                .isEqualTo(spd("table 1 --stored ../results/emoji-table1.json"))
                .contains("adam-spd");
    }

    @Test
    void should_read_no_other_run_when_cells_are_looked_for_in_a_store() throws Exception {
        var store = new RunStore(folder);
        RunFolder other = store.create(
                SweepGrid.parse("emoji", List.of("epochs=1")).plans().get(0));
        Files.writeString(other.result(), "damaged");

        assertThat(spd("table 1 --seeds 2..3")).contains("40 runs are missing");
    }

    @Test
    void should_say_which_runs_the_means_lack_when_one_failed_and_the_others_were_stopped() throws Exception {
        Plan first = TablePlans.of("1", Profile.TWIN, null)
                .cells(World.named("emoji"), List.of("noto"), new SeedRange(3, 3), new SeedRange(0, 0))
                .get(0);
        RunFolder damaged = new RunStore(folder).create(first);
        Files.writeString(damaged.state(), "no checkpoint");
        var session = new FakeSession();
        session.interruptAtLine = " failed: ";

        assertThat(spd("table 1 --on noto --seeds 2..3 --run", session))
                .contains("adam-spd")
                .contains("1 of 8 runs failed and are not in the means, the first of them " + damaged.id()
                        + ": it ended with exit code 1.")
                .contains("7 of 8 runs were stopped and are not in the means.")
                .doesNotContain("are missing");
    }

    @Test
    void should_have_a_verdict_on_every_claim_when_judged_by_the_runs() throws IOException {
        assertThat(Judged.all()).hasSize(144).allMatch(judgement -> judgement.verdict() != Verdict.NOT_RUN);
    }

    @Test
    void should_hold_what_is_computed_now_when_the_pages_of_the_book_are_read() throws IOException {
        Ledger ledger = Ledger.current();

        assertThat(BOOK.resolve("claims.md")).hasContent(BookPages.claims(Judged.all()));
        assertThat(BOOK.resolve("ledger.md")).hasContent(BookPages.ledger(ledger));
        assertThat(BOOK.resolve("ledger.json")).hasContent(ledger.toJson());
        assertThat(ledger.tables()).isEqualTo(List.of(1, 2, 3, 4, 5, 6));
    }
}
