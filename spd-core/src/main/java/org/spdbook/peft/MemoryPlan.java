package org.spdbook.peft;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.spdbook.model.Llama;
import org.spdbook.model.LlamaConfig;

/**
 * The memory that training adapters of LLaMA takes, before anything is allocated. With t tokens in a batch, s bytes per value of the base and sizes as in {@link
 * LlamaConfig}, q being the width of all heads, backward needs of each block, per token,
 *
 * <pre>
 *   8 width                      inputs of both normalisations, float32
 *   4 s q                        queries, keys and values of all heads, and what attention makes of them
 *   3 s hidden                   of the gated MLP
 *   4 in, once per input         of what an adapter computes from, float32
 *   4 rank or size, 5 in         of each adapter; the second if LoRA drops values
 * </pre>
 *
 * and of the head 12 bytes per token and word of the vocabulary when it goes back, or what the widest block works with then, 24 hidden. Where blocks are recomputed, all of them
 * keep 4 width, and one has the rest. The engine's own memory, some hundred MB, is not in it. Measured peaks of a float32 model of ten blocks, with each kind of adapter, are within 7 %.
 *
 * @param config of the model
 * @param adapters trained in float32, in that model
 * @param batch at once
 * @param base type of the frozen weights, in which is computed: BFLOAT16 or FLOAT32
 * @param moments float32 values that the optimiser keeps for each trained one: 2 for Adam
 */
public record MemoryPlan(LlamaConfig config, AdapterConfig adapters, Batch batch, DataType base, int moments) {

    private static final int FULL = Float.BYTES;

    /**
     * Sequences of one length.
     *
     * @param sequences at least 1
     * @param tokens of each, at least 1
     */
    public record Batch(long sequences, long tokens) {

        public Batch {
            if (sequences < 1 || tokens < 1) {
                throw new IllegalArgumentException("a batch needs at least one sequence of one token, got " + sequences
                        + " of " + tokens + "; 1 and 256 are a start");
            }
        }

        private long all() {
            return Math.multiplyExact(sequences, tokens);
        }
    }

    public MemoryPlan {
        if (base != DataType.BFLOAT16 && base != DataType.FLOAT32 || moments < 0) {
            throw new IllegalArgumentException("memory is planned for a base of BFLOAT16 or FLOAT32 and for 0 or more"
                    + " moments, got " + base + " and " + moments + "; 2 is Adam's");
        }
    }

    /**
     * Bytes by what they are for, in order; all are there at once at the peak.
     *
     * @param recompute whether blocks are recomputed
     */
    public Map<String, Long> bytes(boolean recompute) {
        Map<String, Shape> shapes = Llama.shapes(config);
        long trained = adapters.count(AdapterConfig.modules(shapes));
        long weights = shapes.values().stream().mapToLong(Shape::size).sum();
        long t = batch.all();
        long width = FULL * t * config.width();
        long blocks = block() * config.depth() + inAdapters();
        long head = 3L * FULL * t * config.vocabulary();
        long atWork = 6L * FULL * t * config.hidden();
        Map<String, Long> bytes = new LinkedHashMap<>();
        bytes.put("base weights", weights * base.getNumOfBytes());
        bytes.put("adapters", FULL * trained);
        bytes.put("gradients", FULL * trained);
        bytes.put("moments", FULL * trained * moments);
        if (recompute) {
            bytes.put("inputs of blocks", width * config.depth());
            bytes.put("one block, or the head", Math.max(blocks / Math.max(1, config.depth()) + atWork, head));
        } else {
            bytes.put("blocks", blocks);
            bytes.put("going back", Math.max(atWork, head));
        }
        return bytes;
    }

    /** Sum of {@link #bytes}. */
    public long total(boolean recompute) {
        return bytes(recompute).values().stream().mapToLong(Long::longValue).sum();
    }

    /** Of one block, without what adapters need. */
    private long block() {
        long s = base.getNumOfBytes();
        long q = (long) config.heads() * config.headWidth();
        return batch.all() * (2L * FULL * config.width() + 4 * s * q + 3 * s * config.hidden());
    }

    /** Of all adapters: what they compute from, once each, and what is inside. */
    private long inAdapters() {
        Map<String, Shape> modules = AdapterConfig.modules(Llama.shapes(config));
        if (adapters instanceof PrefixConfig prefix) {
            long q = (long) config.heads() * config.headWidth();
            return 2L * base.getNumOfBytes() * batch.sequences * prefix.tokens() * q * config.depth();
        }
        if (adapters instanceof LoraConfig lora) {
            Map<String, Shape> chosen = AdapterConfig.chosen(modules, lora.targets());
            long inside = FULL
                    * chosen.keySet().stream()
                            .mapToLong(name -> lora.of(name).rank())
                            .sum();
            if (lora.dropout() > 0) {
                long taken = chosen.values().stream()
                        .mapToLong(shape -> shape.get(1))
                        .sum();
                return batch.all() * (inside + (FULL + 1) * taken);
            }
            return batch.all() * (inside + FULL * inputs(modules, chosen::containsKey));
        }
        BottleneckConfig bottleneck = (BottleneckConfig) adapters;
        Map<String, Shape> chosen = AdapterConfig.chosen(modules, bottleneck.targets());
        long behind = chosen.values().stream()
                .filter(shape -> isBehind(bottleneck, shape))
                .mapToLong(shape -> shape.get(0))
                .sum();
        long from = inputs(
                modules,
                name -> chosen.containsKey(name) && !isBehind(bottleneck, Objects.requireNonNull(chosen.get(name))));
        return FULL * batch.all() * ((long) bottleneck.size() * chosen.size() + behind + from);
    }

    private static boolean isBehind(BottleneckConfig config, Shape module) {
        return config.place() == BottleneckConfig.Place.SERIES && !config.isBefore(module.get(1), module.get(0));
    }

    /** Widths of the arrays that chosen layers take; queries, keys and values take one, gate and up another. */
    private static long inputs(Map<String, Shape> modules, Predicate<String> chosen) {
        Map<String, Long> widths = new LinkedHashMap<>();
        modules.forEach((name, shape) -> {
            if (chosen.test(name)) {
                String input =
                        name.replaceFirst("\\.[qkv]_proj$", ".qkv").replaceFirst("\\.(gate|up)_proj$", ".gate_up");
                widths.put(input, shape.get(1));
            }
        });
        return widths.values().stream().mapToLong(Long::longValue).sum();
    }
}
