package org.spdbook.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spdbook.optim.Adam;
import org.spdbook.train.Cancel;
import org.spdbook.train.Progress;

/** What collects gradients of a model that is opened frozen. */
class FrozenModelTest {

    private static final Set<String> HEAD = Set.of("head.weight", "head.bias");
    private static final Set<String> LORA = Set.of("body.lora_A.weight", "body.lora_B.weight");

    private final MadeFrozen world = new MadeFrozen();

    private Run run(double lr, Map<String, String> settings) throws IOException {
        var spec = new ExperimentSpec("frozen", "twin", "id", "adam", lr, 3, Map.of(), settings);
        var plan = new Plan(spec, world, Adam.defaults(), world.recipe().with(settings), Device.cpu());
        return new Training(plan, Recording.defaults(), Progress.SILENT, new Cancel()).inMemory();
    }

    @Test
    void should_train_the_head_when_it_is_all_that_is_trained() throws IOException {
        Run run = run(.1, Map.of("trained", "head"));

        assertThat(world.collecting)
                .hasSize(2 * MadeFrozen.STEPS_PER_EPOCH)
                .allSatisfy(one -> assertThat(one).isEqualTo(HEAD));
        assertThat(mean(run.losses().subList(4, 8)))
                .isLessThan(mean(run.losses().subList(0, 4)));
        assertThat(run.history().tensors()).containsExactly("head.weight", "head.bias");
        assertThat(run.deviation()).isPositive();
    }

    private static double mean(List<Double> losses) {
        return losses.stream().mapToDouble(loss -> loss).average().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"anchored, true", "free, true", "excluded, false"})
    void should_collect_for_the_head_only_when_it_is_trained(String head, boolean collects) throws IOException {
        Run run = run(.1, Map.of("trained", "lora", "head", head));

        assertThat(world.collecting).allSatisfy(one -> {
            assertThat(one).containsAll(LORA).hasSize(collects ? 4 : 2);
            assertThat(one.containsAll(HEAD)).isEqualTo(collects);
        });
        assertThat(run.history().tensors()).hasSize(collects ? 4 : 2);
    }

    @Test
    void should_fix_the_head_where_the_probe_ends_when_it_is_excluded() throws IOException {
        Run probe = run(.1, Map.of("trained", "head", "schedule", "cosine", "warm-up", "10"));
        world.collecting.clear();
        Run run = run(1e-30, Map.of("trained", "lora", "head", "excluded", "start", "probe(2 0.1)", "epochs", "1"));

        assertThat(world.collecting).hasSize(3 * MadeFrozen.STEPS_PER_EPOCH);
        for (int step = 0; step < world.collecting.size(); step++) {
            assertThat(world.collecting.get(step)).isEqualTo(step < 2 * MadeFrozen.STEPS_PER_EPOCH ? HEAD : LORA);
        }
        assertThat(run.history().tensors()).containsExactlyInAnyOrderElementsOf(LORA);
        assertThat(run.outcomes()).isEqualTo(probe.outcomes());
        double head = probe.deviation();
        double factors = run.history().reported().get(0).deviation();
        assertThat(run.deviation()).isCloseTo(Math.hypot(head, factors), within(1e-6));
    }

    @Test
    void should_probe_in_parts_when_batches_are_computed_in_parts() throws IOException {
        Run whole = run(.1, Map.of("head", "anchored", "start", "probe(2 0.1)", "epochs", "1"));
        world.collecting.clear();
        Run parts = run(.1, Map.of("head", "anchored", "start", "probe(2 0.1)", "epochs", "1", "accumulate", "2"));

        assertThat(world.collecting).hasSize(2 * 3 * MadeFrozen.STEPS_PER_EPOCH);
        assertThat(parts.deviation()).isCloseTo(whole.deviation(), within(1e-4));
    }
}
