package org.spdbook.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spdbook.eval.Estimate;
import org.spdbook.experiment.MadeAlbum;
import org.spdbook.experiment.MadeQuiz;
import org.spdbook.experiment.MadeRuns;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.Setting;
import org.spdbook.experiment.table.Choice;
import org.spdbook.experiment.table.Table;
import org.spdbook.experiment.table.TablePlans;

class JudgementTest {

    private static final Path CLAIMS = Path.of("../book/claims.json");

    @ParameterizedTest
    @CsvSource({
        "higher, .2, 3, SUPPORTED",
        "higher, .2, .9, TIE",
        "higher, -1, 1, TIE",
        "higher, -.2, 3, INCONCLUSIVE",
        "higher, -3, -.2, CONTRADICTED",
        "not lower, -.9, 3, SUPPORTED",
        "not lower, -1.5, .1, INCONCLUSIVE",
        "not lower, -3, -1.1, CONTRADICTED",
        "smaller, .5, .99, SUPPORTED",
        "smaller, .9, 1.1, INCONCLUSIVE",
        "smaller, 1.01, 1.1, CONTRADICTED",
        "higher, NaN, NaN, INCONCLUSIVE"
    })
    void should_decide_as_the_text_of_the_rule_says_when_given_an_interval(
            String rule, double low, double high, Verdict verdict) {
        assertThat(Rule.of(rule).judge(new Estimate((low + high) / 2, low, high)))
                .isEqualTo(verdict);
    }

    @Test
    void should_judge_a_claim_by_its_weakest_part_when_parts_differ() {
        assertThat(Verdict.of(List.of(Verdict.SUPPORTED, Verdict.SUPPORTED))).isEqualTo(Verdict.SUPPORTED);
        assertThat(Verdict.of(List.of(Verdict.SUPPORTED, Verdict.TIE))).isEqualTo(Verdict.TIE);
        assertThat(Verdict.of(List.of(Verdict.TIE, Verdict.INCONCLUSIVE))).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(Verdict.of(List.of(Verdict.CONTRADICTED, Verdict.INCONCLUSIVE)))
                .isEqualTo(Verdict.CONTRADICTED);
        assertThat(Verdict.of(List.of(Verdict.CONTRADICTED, Verdict.NOT_RUN))).isEqualTo(Verdict.NOT_RUN);
    }

    private static Judgement.Named table(int ood) {
        List<Run> runs = new ArrayList<>();
        for (long seed = 0; seed < 3; seed++) {
            runs.add(MadeRuns.of("adamw@1e-3", seed, 40, 30, 50, 2.0 + (double) seed));
            runs.add(MadeRuns.of("adam-spd@1e-3/1", seed, 40, ood, 50, 1.0 + (double) seed));
        }
        return named(new Table("made", "twin", runs));
    }

    private static Judgement.Named named(Table table) {
        return new Judgement.Named(TablePlans.of("1", Profile.TWIN, null), table);
    }

    private static Claim first() throws IOException {
        return Claim.parse(Files.readString(CLAIMS)).get(0);
    }

    @Test
    void should_support_or_contradict_the_claim_when_runs_say_so() throws IOException {
        Claim claim = first();
        Claim.Place place = claim.worlds().get(0);

        assertThat(Judgement.judge(claim, place, table(45)).verdict()).isEqualTo(Verdict.SUPPORTED);
        assertThat(Judgement.judge(claim, place, table(15)).verdict()).isEqualTo(Verdict.CONTRADICTED);
        assertThat(Judgement.judge(claim, place, table(31)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(Judgement.judge(claim, place, table(30)).verdict()).isEqualTo(Verdict.TIE);
    }

    /** Near the trained set Adam-SPD is right more often, far from it as often. */
    private static Judgement.Named album() {
        List<Run> runs = new ArrayList<>();
        for (long seed = 0; seed < 3; seed++) {
            runs.add(MadeAlbum.run(Setting.of("adamw", 1e-3, 0), seed, 0, 4, 1, 1, 1, 1, 2));
            runs.add(MadeAlbum.run(Setting.of("adam-spd", 1e-3, 1), seed, 0, 4, 8, 6, 1, 1, 2));
        }
        return named(new Table("album", "twin", runs));
    }

    private static Claim claim(String... measures) {
        String parts = Arrays.stream(measures)
                .map(measure -> "{'measure': '" + measure + "', 'rule': 'higher', 'choice': 'same rate',"
                        + " 'a': 'adamw@1e-3', 'b': 'adam-spd@1e-3/1'}")
                .collect(Collectors.joining(","));
        return Claim.parse(("{'claims': [{'id': 'T6', 'says': 'more', 'source': 'ours', 'table': 1,"
                                + " 'worlds': [{'experiment': 'album'}], 'parts': ["
                                + parts + "]}]}")
                        .replace('\'', '"'))
                .get(0);
    }

    @Test
    void should_judge_by_the_mean_over_a_group_when_a_claim_names_one() {
        Claim claim = claim("near", "far", "ood");
        Judgement judgement = Judgement.judge(claim, claim.worlds().get(0), album());

        assertThat(judgement.findings())
                .extracting(Judgement.Finding::verdict)
                .containsExactly(Verdict.SUPPORTED, Verdict.TIE, Verdict.SUPPORTED);
        // 7 more of 9, 5 more of 6
        assertThat(judgement.findings().get(0).estimate().mean()).isCloseTo((700 / 9.0 + 500 / 6.0) / 2, within(1e-9));
        assertThat(judgement.findings().get(1).estimate().mean()).isZero();
        assertThat(LedgerGrids.of(List.of(judgement)).toText())
                .contains("near VQA accuracy higher", "far VQA accuracy higher", "OOD VQA accuracy higher", "+80.6 [");
    }

    @Test
    void should_name_what_can_be_measured_when_a_claim_asks_for_something_else() {
        Claim claim = claim("nears");

        assertThatThrownBy(() -> Judgement.judge(claim, claim.worlds().get(0), album()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("measure nears is not known; did you mean near? choose one of id, ood, deviation,"
                        + " retention, near, far");
        assertThatThrownBy(() -> Judgement.judge(claim("near"), claim.worlds().get(0), table(30)))
                .hasMessageContaining("choose one of id, ood, deviation, retention");
    }

    @Test
    void should_have_cells_of_test_sets_and_groups_when_a_world_has_both_groups_and_kinds() {
        List<LedgerEntry> entries = Ledger.entries(1, album().table());

        assertThat(entries)
                .extracting(LedgerEntry::column)
                .startsWith("asked", "edited", "reworded", "texts", "facts", "outdoors", "near", "far", "deviation");
        assertThat(entries.get(6).mean()).isCloseTo((100 / 9.0 + 100 / 6.0) / 2, within(1e-9));
        assertThat(LedgerGrids.of(new Ledger(entries), 1).toText()).doesNotContain("by kind of question");
    }

    @Test
    void should_say_not_run_when_a_setting_is_missing() throws IOException {
        Claim claim = first();

        Judgement judgement =
                Judgement.judge(claim, claim.worlds().get(0), named(new Table("made", "twin", List.of())));

        assertThat(judgement.verdict()).isEqualTo(Verdict.NOT_RUN);
    }

    @Test
    void should_show_each_part_with_its_interval_when_printed() throws IOException {
        Claim claim = first();
        Judgement judgement = Judgement.judge(claim, claim.worlds().get(0), table(45));

        assertThat(LedgerGrids.of(List.of(judgement)).toText())
                .contains("T1", "supported", "adamw@1e-3 -> adam-spd@1e-3/1", "OOD accuracy higher", "+15.0 [");
        assertThat(BookPages.claims(List.of(judgement)))
                .contains("## T1", "- emoji: **supported**", "| adamw@1e-3 -> adam-spd@1e-3/1 |");
    }

    @Test
    void should_say_what_is_wrong_when_claims_cannot_be_read() {
        assertThatThrownBy(() -> Claim.parse("{}")).hasMessageContaining("book/claims.json");
        assertThatThrownBy(() -> Rule.of("larger")).hasMessageContaining("higher, not lower, smaller, got larger");
    }

    @Test
    void should_have_a_cell_per_column_when_a_table_becomes_a_ledger() {
        List<LedgerEntry> entries = Ledger.entries(1, table(45).table());

        assertThat(entries).hasSize(6).first().satisfies(entry -> {
            assertThat(entry.row()).isEqualTo("adamw@1e-3, trained on noto");
            assertThat(entry.column()).isEqualTo("noto");
            assertThat(entry.mean()).isEqualTo(40);
            assertThat(entry.sd()).isZero();
            assertThat(entry.status()).isEqualTo(LedgerEntry.Status.NO_PUBLISHED_VALUE);
        });
        assertThat(new Ledger(entries).toJson())
                .contains("\"column\":\"deviation\"")
                .doesNotContain("published\":");
    }

    @Test
    void should_have_a_row_per_method_and_a_cell_per_kind_when_a_world_has_kinds_of_questions() {
        List<Run> runs = new ArrayList<>();
        for (Map<String, String> options : List.of(Map.<String, String>of(), Map.of("trained", "series"))) {
            runs.add(MadeQuiz.run(new Setting("adamw", 1e-3, 0, options), 0, new MadeQuiz.Score(9, 1, 2, 3, 1)));
            runs.add(MadeQuiz.run(new Setting("adamw", 1e-2, 0, options), 0, new MadeQuiz.Score(10, 4, 6, 3, 1)));
            runs.add(MadeQuiz.run(new Setting("adam-spd", 1e-3, 1, options), 0, new MadeQuiz.Score(9, 5, 7, 3, 1)));
            runs.add(MadeQuiz.run(new Setting("adam-spd", 1e-2, 1, options), 0, new MadeQuiz.Score(9, 1, 2, 3, 1)));
        }
        runs.add(MadeQuiz.run(Setting.of("l2sp", 1e-3, 1), 0, new MadeQuiz.Score(9, 1, 2, 3, 1))); // tuned over nothing
        List<LedgerEntry> entries = Ledger.entries(5, new Table("quiz", "twin", runs));

        assertThat(entries)
                .extracting(entry -> entry.row() + ": " + entry.column() + " " + entry.mean() + " " + entry.published())
                .containsExactly(
                        "adamw: boolq 40.0 68.9",
                        "adamw: piqa 30.0 80.7",
                        "adamw: deviation 2.0 null",
                        "adam-spd: boolq 50.0 null",
                        "adam-spd: piqa 35.0 null",
                        "adam-spd: deviation 2.0 null",
                        "adamw trained=series: boolq 40.0 63.0",
                        "adamw trained=series: piqa 30.0 79.2",
                        "adamw trained=series: deviation 2.0 null",
                        "adam-spd trained=series: boolq 50.0 null",
                        "adam-spd trained=series: piqa 35.0 null",
                        "adam-spd trained=series: deviation 2.0 null");
        assertThat(entries.get(0).tag()).isEqualTo(LedgerEntry.Tag.BASELINE);
        assertThat(entries.get(0).status()).isEqualTo(LedgerEntry.Status.NOT_RUN);
        assertThat(entries.get(3).status()).isEqualTo(LedgerEntry.Status.NO_PUBLISHED_VALUE);
        assertThat(LedgerGrids.of(new Ledger(entries), 5).toText())
                .contains("boolq", "piqa", "boolq 68.90, piqa 80.70, quoted from LLM-Adapters; not run");
    }

    @Test
    void should_compare_settings_that_table_5_has_when_claims_are_about_it() throws IOException {
        List<Setting> settings = TablePlans.of("5", Profile.TWIN, null).settings();
        List<Claim> claims = Claim.parse(Files.readString(CLAIMS)).stream()
                .filter(claim -> claim.table().equals("5"))
                .toList();

        assertThat(claims).isNotEmpty();
        for (Claim claim : claims) {
            for (Claim.Part part : claim.parts()) {
                boolean tuned = part.choice() == Choice.ID_VALIDATION;
                assertThat(settings)
                        .as(claim.id())
                        .extracting(setting -> tuned ? setting.family() : setting.toString())
                        .contains(part.a(), part.b());
            }
        }
    }
}
