package org.spdbook.peft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.spdbook.model.LlamaConfig;
import org.spdbook.torch.MeasuredProcess;
import org.spdbook.torch.NativeMemory;

class MemoryPlanTest {

    private static final List<String> KINDS = List.of("lora", "lora-dropout", "series", "parallel", "prefix");

    private static MemoryPlan plan(LlamaConfig config, String adapters, long sequences) {
        return new MemoryPlan(
                config,
                AdapterStepsOnce.adapters(adapters),
                new MemoryPlan.Batch(sequences, 256),
                DataType.BFLOAT16,
                2);
    }

    @Test
    void should_count_weights_adapters_gradients_and_moments_exactly() {
        Map<String, Long> bytes = plan(LlamaConfig.of7B(), "prefix", 4).bytes(true);

        assertThat(bytes.keySet())
                .containsExactly(
                        "base weights",
                        "adapters",
                        "gradients",
                        "moments",
                        "inputs of blocks",
                        "one block, or the head");
        assertThat(bytes)
                .containsEntry("base weights", 2 * 6_738_415_616L)
                .containsEntry("adapters", 4 * 2_621_440L)
                .containsEntry("gradients", 4 * 2_621_440L)
                .containsEntry("moments", 8 * 2_621_440L)
                .containsEntry("inputs of blocks", 4L * 4 * 256 * 4096 * 32);
        assertThat(plan(LlamaConfig.of7B(), "prefix", 4).total(true))
                .isEqualTo(bytes.values().stream().mapToLong(value -> value).sum());
    }

    @Test
    void should_grow_with_the_batch_and_shrink_when_blocks_are_recomputed() {
        for (String kind : KINDS) {
            MemoryPlan one = plan(LlamaConfig.of7B(), kind, 1);
            MemoryPlan two = plan(LlamaConfig.of7B(), kind, 2);

            assertThat(two.bytes(false).get("blocks"))
                    .isEqualTo(2 * one.bytes(false).get("blocks"));
            assertThat(one.total(true)).isLessThan(one.total(false));
            assertThat(plan(LlamaConfig.of13B(), kind, 1).total(false)).isGreaterThan(two.total(false));
        }
        assertThat(plan(LlamaConfig.of7B(), "lora-dropout", 1).total(false))
                .isGreaterThan(plan(LlamaConfig.of7B(), "lora", 1).total(false));
    }

    @Test
    void should_say_so_when_a_plan_cannot_be_made() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(LlamaConfig.of7B(), "lora", 0))
                .withMessage("a batch needs at least one sequence of one token, got 0 of 256; 1 and 256 are a start");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MemoryPlan(
                        LlamaConfig.of7B(), new PrefixConfig(1), new MemoryPlan.Batch(1, 1), DataType.INT8, 2))
                .withMessageContaining("got int8 and 2");
    }

    /** Each in a process of its own: ten layers, 1,536 tokens, float32. */
    @Test
    @Tag("slow")
    void should_be_within_a_quarter_of_the_memory_that_steps_take() throws Exception {
        assumeThat(NativeMemory.peak()).isPresent();
        var softly = new SoftAssertions();
        for (String kind : KINDS) {
            for (boolean recompute : new boolean[] {false, true}) {
                long planned = new MemoryPlan(
                                AdapterStepsOnce.CONFIG,
                                AdapterStepsOnce.adapters(kind),
                                AdapterStepsOnce.BATCH,
                                DataType.FLOAT32,
                                2)
                        .total(recompute);
                long measured = measured(kind, recompute);
                System.out.printf(
                        "%s, %s: planned %.0f MB, measured %.0f MB%n",
                        kind, recompute ? "recomputed" : "plain", planned / 1e6, measured / 1e6);
                softly.assertThat((double) measured)
                        .as("%s recomputed %s", kind, recompute)
                        .isCloseTo(planned, within(.25 * planned));
            }
        }
        softly.assertAll();
    }

    private static long measured(String kind, boolean recompute) throws Exception {
        return Long.parseLong(MeasuredProcess.firstLine(AdapterStepsOnce.class, kind, Boolean.toString(recompute)));
    }
}
