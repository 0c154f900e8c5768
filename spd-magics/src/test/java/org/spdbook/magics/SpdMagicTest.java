package org.spdbook.magics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spdbook.chart.Chart;
import org.spdbook.chart.Grid;
import org.spdbook.chart.HeatMap;
import org.spdbook.chart.PictureGrid;
import org.spdbook.chart.Series;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunStore;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.magic.Magic.Completion;
import org.spdbook.kernel.magic.MagicCall;
import org.spdbook.kernel.magic.MagicException;

class SpdMagicTest {

    @TempDir
    private Path folder;

    private final FakeSession session = new FakeSession();
    private RunStore store;
    private SpdMagic magic;

    @BeforeEach
    void open() {
        store = new RunStore(folder.resolve("runs"));
        magic = new SpdMagic(store);
    }

    private Object spd(String words) throws Exception {
        return magic.run(session.call(words));
    }

    @Test
    void should_train_show_and_bind_when_the_optimizer_comes_from_outside() throws Exception {
        Grid grid = (Grid) spd("train emoji --optimizer sign-descent --set scale=0.5 --lr 1e-4 --epochs 1 --as base");

        Run base = (Run) session.variables.get("base");
        assertThat(base.losses()).hasSize(16).allMatch(loss -> loss > 0 && loss < 5);
        assertThat(base.deviation()).isPositive();
        assertThat(base.spec().options()).containsEntry("scale", "0.5");
        assertThat(grid.toText()).contains("noto (ID)", "OOD mean", "One seed proves nothing");
        assertThat(session.displays).hasSize(2);
        List<DisplayBundle> bar = session.displays.get(0);
        assertThat(bar.get(bar.size() - 1).plain()).startsWith("step 16 of 16, 100 %");
        assertThat(bar.get(bar.size() - 1).data()).containsKey("text/html");
        List<DisplayBundle> curve = session.displays.get(1);
        assertThat(curve.get(curve.size() - 1).data())
                .containsKey("image/svg+xml")
                .containsKey("text/plain");
        assertThat(magic.complete(List.of("eval", ""))).contains(new Completion("base", "value"));
        assertThat(((Chart) spd("plot loss base")).message()).contains("sign-descent");
    }

    @Test
    void should_find_runs_by_variable_and_id_when_compared_plotted_and_tested() throws Exception {
        spd("train emoji --epochs 1 --as spd");
        spd("train emoji --epochs 1 --optimizer adamw --as base");
        Run base = (Run) session.variables.get("base");

        assertThat(((DisplayBundle) spd("compare base spd")).plain())
                .contains("Runs side by side", "same rate 1e-3", "deviation");
        assertThat(heatMap("plot selection emoji-noto-adam-spd").rows()).hasSize(6);
        assertThat(heatMap("plot selection spd --tensors").rows()).hasSize(57);
        assertThat(((Chart) spd("plot deviation base spd")).series()).hasSize(2);
        assertThat(((Chart) spd("plot frontier base spd")).series()).hasSize(3);
        Chart layers = (Chart) spd("plot layers base spd");
        assertThat(layers.series()).extracting(Series::method).containsExactly("adamw", "adam-spd");
        assertThat(layers.y().categories()).containsExactly("stem", "block 1", "block 2", "block 3", "block 4", "head");
        assertThat(layers.series().get(0).y().stream().mapToDouble(d -> d * d).sum())
                .isCloseTo(base.deviation() * base.deviation(), withinPercentage(0.1));
        assertThat(((Grid) spd("runs")).rows()).hasSize(2);
        Grid again = (Grid) spd("eval base --on black");
        assertThat(again.rows())
                .containsExactly(
                        List.of("black", String.format(java.util.Locale.ROOT, "%.1f", base.accuracy("black"))));
        PictureGrid pictures = (PictureGrid) spd("plot images base spd --on black --count 24");
        assertThat(pictures.pictures())
                .hasSize(24)
                .allMatch(picture -> picture.lines().size() == 3);
        assertThat(pictures.message())
                .contains(String.format(java.util.Locale.ROOT, "on %.1f %% of all", base.accuracy("black")));
        PictureGrid wrong = (PictureGrid) spd("plot images spd --on twemoji --wrong --count 2");
        assertThat(wrong.pictures())
                .hasSize(2)
                .allMatch(picture -> picture.lines().get(1).mark() == PictureGrid.Mark.WRONG);
        assertThatThrownBy(() -> spd("plot selection base"))
                .isInstanceOf(MagicException.class)
                .hasMessageContaining("pulled no tensor back");
    }

    private HeatMap heatMap(String words) throws Exception {
        return Objects.requireNonNull(((Chart) spd(words)).heatMap());
    }

    @Test
    void should_leave_a_resumable_run_when_interrupted() throws Exception {
        session.interruptAtFirstStep = true;
        assertThatThrownBy(() -> spd("train emoji --epochs 4 --as base"))
                .isInstanceOf(MagicException.class)
                .hasMessageContaining("its checkpoint is whole, go on with: spd resume emoji-noto-adam-spd-");
        assertThat(session.variables).isEmpty();
        assertThat(session.cancels).isEmpty();
        session.interruptAtFirstStep = false;
        RunFolder stopped = store.list().get(0);
        assertThat(stopped.isFinished()).isFalse();
        spd("resume " + stopped.id() + " --as base");

        spd("train emoji --epochs 4 --as whole");
        Run base = (Run) session.variables.get("base");
        Run whole = (Run) session.variables.get("whole");
        assertThat(base.history()).isEqualTo(whole.history());
        assertThat(base.scores()).isEqualTo(whole.scores());
        assertThat(stopped.model())
                .hasSameBinaryContentAs(store.find(whole.name()).model());
    }

    @Test
    void should_say_why_when_a_run_failed() {
        assertThatThrownBy(() -> spd("train emoji --epochs 1 --optimizer sign-descent --lr 1e30"))
                .isInstanceOf(MagicException.class)
                .hasMessageContaining("the loss is NaN at step 2");
        assertThatThrownBy(() -> spd("attach emoji-noto"))
                .isInstanceOf(MagicException.class)
                .hasMessageContaining("failed after step 1: the loss is NaN at step 2");
    }

    @Test
    void should_read_lines_of_key_and_value_when_used_on_a_cell() throws Exception {
        var call = new MagicCall(
                List.of("params"),
                Optional.of("experiment = emoji\n# comment\noptimizer = adamw\nlr = 0.003\nhead = free\npeft = bitfit"),
                1,
                session);
        Grid grid = (Grid) magic.run(call);

        assertThat(grid.rows())
                .anyMatch(row -> row.get(0).equals("lr") && row.get(1).equals("3e-3"));
        assertThat(grid.rows())
                .anyMatch(row -> row.get(0).equals("head") && row.get(1).equals("free"));
        assertThat(grid.rows())
                .anyMatch(row -> row.get(0).equals("trained") && row.get(1).equals("biases"));
        assertThat(grid.rows())
                .anyMatch(row -> row.get(0).equals("optimizer") && row.get(1).equals("adamw"));
    }

    @Test
    void should_refuse_a_line_when_an_option_without_value_gets_one() {
        var call = new MagicCall(List.of("train"), Optional.of("experiment = emoji\ndetach = yes"), 1, session);

        assertThatThrownBy(() -> magic.run(call))
                .isInstanceOf(MagicException.class)
                .hasMessage("detach is true or false, got yes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "trian emoji | word trian is not known; did you mean train?",
                "train emojis | experiment emojis is not known; did you mean emoji?",
                "train emoji --on notto | domain notto is not known; did you mean noto?",
                "train emoji --optimizer adam-sdp | optimizer adam-sdp is not known; did you mean adam-spd?",
                "train emoji --optimzer adamw | option --optimzer is not known; did you mean --optimizer?",
                "train emoji --set lamda=2 | option lamda is not known; did you mean lambda?",
                "train emoji --set head=fre | head fre is not known; did you mean free?",
                "train emoji --optimizer adamw --lambda 1 | optimizer adamw has no lambda; it has weight-decay",
                "train emoji --lr fast | lr must be a number, got fast",
                "train emoji --checkpoint-minutes 0 | --checkpoint-minutes is a time above 0, got 0.0; write e.g. 10",
                "train emoji --checkpoint-every 0 | need a distance of at least 1 step, got 0 and 8",
                "train emoji --as 1st | no name of a Java variable",
                "train | Missing required parameter",
                "train emoji --peft serie | peft serie is not known; did you mean series?",
                "train emoji --peft lora --set trained=head | --peft and trained say the same, got --peft lora and trained=head",
                "train emoji --peft lora,probe | one --peft is taken here, got lora,probe",
                "model commonsense --peft bitfit | trained=biases finds nothing to train",
                "sweep emoji --peft lora trained=head | --peft and trained say the same",
                "sweep emoji | a sweep needs values to combine, got none; write e.g. lr=3e-4,1e-3",
                "plot los x | plot los is not known; did you mean loss?",
                "plot rates | plot needs runs, or --stored TABLE, and not both",
                "plot rates x --stored y | plot needs runs, or --stored TABLE, and not both",
                "plot rates x --domains all | --domains goes with --stored TABLE",
                "plot rates --stored nowhere.json | there is no file nowhere.json",
                "plot rates --stored ../README.md | spd table 1 --to FILE",
                "plot rates --stored domainnet-l2sp-table2 | two values of learning rate above 0",
                "plot layers --stored emoji-table1 | have no history, which plot layers draws",
                "plot loss --stored emoji-table1 | choose plot frontier, groups, rates, lambda",
                "plot loss x --wrong | --wrong goes with plot images, got it with plot loss",
                "plot loss x --tensors | --tensors goes with plot selection",
                "plot images a b c d e f g h i --on black | plot images RUN [RUN] --on SET",
                "plot images x | plot images RUN [RUN] --on SET",
                "data emoji --on noto | data WORLD --show [--on DOMAIN]",
                "data --show | data WORLD --show [--on DOMAIN]",
                "data emoji --show --on notto | test set notto is not known; did you mean noto?",
                "data imagenet --pack 256 | data needs a world, --pack and --to together",
                "data imagenet --pack 256 --to nowhere | not of those of imagenet in profile twin",
                "data emoji --pack 256 --to nowhere | takes the folder of the npm packages, got 256",
                "data imagenet --profile paper --pack here --to nowhere | the short side of the copies in pixels, such as 256",
                "data domainnet --profile paper --pack 256 --to nowhere | of the pictures of imagenet in profile pilot or paper",
                "attach nothing | run nothing is not known",
                "stop nothing | run nothing is not known",
                "eval nothing | run nothing is not known",
                "table 7 | table 7 is not there yet; choose one of 1, 2, 3, 4, 5, 6, fractions, rates",
            })
    void should_say_in_a_sentence_what_is_meant_when_words_are_wrong(String words, String sentence) {
        assertThatThrownBy(() -> spd(words))
                .isInstanceOf(MagicException.class)
                .hasMessageContaining(sentence)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
        assertThat(store.root()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tr | train",
                "train | train",
                "train em | emoji",
                "train emoji --opt | --optimizer",
                "train emoji --checkp | --checkpoint-minutes",
                "att | attach",
                "sto | stop",
                "attach x --a | --as",
                "train emoji --det | --detach",
                "resume x --det | --detach",
                "train emoji --optimizer adam-s | adam-spd",
                "train emoji --on tw | twemoji",
                "train emoji --set sel | selection=instant",
                "train emoji --optimizer l2sp --set head=f | head=free",
                "plot fr | frontier",
                "plot ra | rates",
                "plot images x --on bl | black",
                "plot lambda --st | --stored",
                "plot lambda --stored dom | domainnet-l2sp-table2",
                "plot mechanism em | emoji",
                "plot mechanism emoji --by ti | time",
                "train emoji --peft par | parallel",
                "gen | generate",
                "generate x --top | --top-p",
                "generate --untrained com | commonsense",
                "table c | controls",
                "claims T1-t | T1-tuned",
                "help tab | table",
                "plot gr | groups",
            })
    void should_offer_words_options_and_values_when_completing(String line, String expected) {
        assertThat(magic.complete(List.of(line.split(" "))))
                .extracting(Completion::text)
                .contains(expected);
    }

    @Test
    void should_show_the_rate_of_each_layer_when_a_recipe_is_given_to_model() throws Exception {
        String text = ((DisplayBundle) spd("model emoji --set layer-decay=0.5 --set head=free")).plain();

        assertThat(text)
                .contains("181,760 in 57 tensors")
                .containsPattern("stem +5 +42,176 +0\\.0312 +yes")
                .containsPattern("head +1 +1,472 +1 +no");
    }

    @Test
    void should_count_what_is_trained_when_adapters_are_asked_for() throws Exception {
        assertThat(((DisplayBundle) spd("model commonsense --peft lora")).plain())
                .contains("Trained: 27,136 of 474,880 values, 5.71 %; adapters are counted in both.");
        assertThat(((DisplayBundle) spd("model emoji --peft probe")).plain())
                .contains("Trained: 1,472 of 181,760 values, 0.81 %.");
    }

    @Test
    void should_show_the_options_when_a_word_is_inspected() {
        assertThat(magic.inspect(List.of("train")).orElseThrow().plain()).contains("--optimizer", "--set");
        assertThat(magic.inspect(List.of()).orElseThrow().plain()).contains("resume", "compare");
    }
}
