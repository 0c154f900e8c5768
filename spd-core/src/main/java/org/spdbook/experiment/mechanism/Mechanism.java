package org.spdbook.experiment.mechanism;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.Layer;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.Setting;
import org.spdbook.experiment.TestPictures;
import org.spdbook.experiment.World;
import org.spdbook.experiment.table.SeedRange;
import org.spdbook.experiment.table.TablePlan;

/**
 * What the selection does in one world, from runs of AdamW and Adam-SPD at rate 1e-3 and lambda 1, and of Adam-SPD in batches of 16
 * and 64. The software brings that of some worlds as {@code org/spdbook/results/WORLD-mechanism.json}.
 *
 * @param schema of the JSON form
 * @param experiment name of the world
 * @param runs how many stand behind it
 * @param curves by the words of {@link #KINDS}
 * @param made by which software, when
 */
public record Mechanism(
        int schema, String experiment, int runs, Map<String, List<Curve>> curves, Map<String, String> made) {

    /** By what it can be shown. */
    public static final List<String> KINDS = List.of("depth", "size", "time", "batch", "layer", "class");

    private static final int SCHEMA = 1;
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
    private static final Setting ADAMW = Setting.of("adamw", 1e-3, 0);
    private static final Setting SPD = Setting.of("adam-spd", 1e-3, 1);
    private static final List<String> OTHER_BATCHES = List.of("16", "64");

    public Mechanism {
        curves = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(curves));
        made = Map.copyOf(made);
    }

    /** The runs that are needed. */
    public static List<Plan> plans(World world) {
        List<Setting> settings = new ArrayList<>(List.of(ADAMW, SPD));
        OTHER_BATCHES.forEach(batch -> settings.add(new Setting("adam-spd", 1e-3, 1, Map.of("batch", batch))));
        List<String> usual = TablePlan.usual(world);
        var one = new SeedRange(0, 0);
        return new TablePlan(world.name(), List.of(), settings)
                .cells(world, usual.isEmpty() ? world.trainable() : usual, SeedRange.usual(), one);
    }

    /**
     * Looks at runs.
     *
     * @param runs of {@link #plans}, with their histories
     * @param made by which software, when
     */
    public static Mechanism of(World world, List<Run> runs, Map<String, String> made) {
        List<Run> adamw = of(runs, ADAMW);
        List<Run> spd = of(runs, SPD);
        var selections = new Selections(spd);
        Map<String, List<Curve>> curves = new LinkedHashMap<>();
        curves.put("depth", selections.byDepth());
        curves.put("size", selections.bySize(Experiment.tensorSizes(world)));
        curves.put("time", selections.byTime());
        curves.put(
                "batch",
                new Selections(runs.stream()
                                .filter(run -> run.spec().optimizer().equals("adam-spd"))
                                .toList())
                        .byBatch());
        curves.put("layer", List.of(distances("adamw", adamw), distances("adam-spd", spd)));
        curves.put("class", List.of(new Curve("OOD gain", gains(world).of(adamw, spd))));
        return new Mechanism(SCHEMA, world.name(), runs.size(), curves, made);
    }

    private static List<Run> of(List<Run> runs, Setting setting) {
        return runs.stream().filter(run -> Setting.of(run).equals(setting)).toList();
    }

    private static ClassGains gains(World world) {
        Map<Long, long[]> labels = new LinkedHashMap<>();
        for (long seed = SeedRange.usual().first(); seed <= SeedRange.usual().last(); seed++) {
            labels.put(seed, labels(world, seed));
        }
        return new ClassGains(world.classes(), labels, world.testsAllSeedsAlike());
    }

    private static long[] labels(World world, long seed) {
        List<String> sets = world.domains();
        long[] first = TestPictures.of(world, sets.get(0), seed).labels();
        for (String set : sets) {
            if (!Arrays.equals(TestPictures.of(world, set, seed).labels(), first)) {
                throw new IllegalArgumentException("what each class gains is summed up over test sets with the same"
                        + " labels; those of " + set + " in " + world.name() + " are others, so choose another world");
            }
        }
        return first;
    }

    private static Curve distances(String method, List<Run> runs) {
        List<Layer> layers = Layer.of(runs.get(0).history().tensors());
        return new Curve(
                method,
                layers.stream()
                        .map(layer -> Curve.Point.of(
                                layer.name(),
                                runs.stream()
                                        .mapToDouble(layer::deviation)
                                        .average()
                                        .orElseThrow()))
                        .toList());
    }

    /** The JSON form. */
    public String toJson() {
        return GSON.toJson(this) + "\n";
    }

    /**
     * Reads {@link #toJson}.
     *
     * @throws IllegalArgumentException if it is none, or of another schema
     */
    public static Mechanism parse(String json) {
        try {
            Mechanism read = Objects.requireNonNull(GSON.fromJson(json, Mechanism.class));
            if (read.schema == SCHEMA) {
                return read;
            }
        } catch (RuntimeException e) { // also what the constructors of records refuse
            throw new IllegalArgumentException(sentence(), e);
        }
        throw new IllegalArgumentException(sentence());
    }

    private static String sentence() {
        return "a JSON of schema " + SCHEMA + " that spd mechanism --to wrote is needed; write it again";
    }

    /**
     * That which the software brings of a world.
     *
     * @throws IllegalArgumentException if it brings none
     */
    public static Mechanism brought(String experiment) throws IOException {
        World.named(experiment, Profile.TWIN);
        try (InputStream in =
                Mechanism.class.getResourceAsStream("/org/spdbook/results/" + experiment + "-mechanism.json")) {
            if (in == null) {
                throw new IllegalArgumentException("the software brings nothing on the mechanism in " + experiment
                        + "; make it with: spd mechanism " + experiment + " --to FILE");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
