package org.spdbook.experiment;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.spdbook.train.History;
import org.spdbook.train.RunLog;
import org.spdbook.weights.AtomicFile;
import org.spdbook.weights.Checksum;

/**
 * The folder of one run: {@code spec.json}, {@code log.jsonl}, {@code state.safetensors} (the newest checkpoint) and, when it
 * has ended, {@code model.safetensors} (trained tensors) and {@code result.json} with the checksums of the files. While it is
 * trained there is {@code process.json}, see {@link RunProcess}.
 *
 * @param path its name is the run's id
 */
public record RunFolder(Path path) {

    private static final String MODEL = "model.safetensors";
    private static final String LOG = "log.jsonl";
    private static final String MEASURES = "measures";
    private static final String MADE_BY = "made_by";

    /** The run's id. */
    public String id() {
        return String.valueOf(path.getFileName());
    }

    /** Spec, versions, device, data fingerprint, revision. */
    public Path specFile() {
        return path.resolve("spec.json");
    }

    /** One line per step. */
    public Path log() {
        return path.resolve(LOG);
    }

    /** The newest checkpoint. */
    public Path state() {
        return path.resolve("state.safetensors");
    }

    /** The trained tensors, of a run that has ended. */
    public Path model() {
        return path.resolve(MODEL);
    }

    /** Scores and checksums, of a run that has ended. */
    public Path result() {
        return path.resolve("result.json");
    }

    /** A sentence per example that could not be used; there are runs without. */
    public Path skipped() {
        return path.resolve("skipped.txt");
    }

    /** What the model wrote when it was tested, see {@link OpenWorld#answers}; there are runs without. */
    public Path answers() {
        return path.resolve("answers.jsonl");
    }

    /** What a process of its own prints that trains the run, see {@code --detach}; there are runs without. */
    public Path printed() {
        return path.resolve("detached.log");
    }

    /** Whether the run has ended. */
    public boolean isFinished() {
        return Files.exists(result());
    }

    /** What was asked. */
    public ExperimentSpec spec() throws IOException {
        return ExperimentSpec.fromJson(read(specFile()).get("spec").toString());
    }

    /** The key the run was begun with; see {@link Plan#key}. */
    public String key() throws IOException {
        return read(specFile()).get("key").getAsString();
    }

    /** The word of the device that it was begun on. */
    String device() throws IOException {
        JsonObject madeBy = read(specFile()).getAsJsonObject(MADE_BY);
        return madeBy.get(Versions.DEVICE).getAsString();
    }

    /** What has been logged; nothing when there is no log yet. */
    public History history() throws IOException {
        return Files.exists(log()) ? RunLog.read(log()) : new History(java.util.List.of(), java.util.List.of());
    }

    /**
     * The run, if it has ended.
     *
     * @throws IllegalArgumentException if it has not
     * @throws IOException if a file cannot be read
     */
    public Run load() throws IOException {
        if (!isFinished()) {
            throw new IllegalArgumentException("run " + id() + " has not ended; go on with: spd resume " + id());
        }
        JsonObject result = read(result());
        return new Run(
                id(),
                key(),
                spec(),
                scores(result, "zero_shot"),
                scores(result, "scores"),
                OutcomesJson.read(result),
                scores(result, MEASURES),
                result.get("validation").getAsDouble(),
                result.get("deviation").getAsDouble(),
                history(),
                result.get("cpu_seconds").getAsDouble());
    }

    private static Map<String, Double> scores(JsonObject result, String name) {
        Map<String, Double> scores = new LinkedHashMap<>();
        if (!result.has(name)) {
            return scores; // runs from before there were measures
        }
        result.getAsJsonObject(name)
                .entrySet()
                .forEach(entry -> scores.put(entry.getKey(), entry.getValue().getAsDouble()));
        return scores;
    }

    /**
     * Checks that the trained tensors are those that were written.
     *
     * @throws IOException if not
     */
    public void verifyModel() throws IOException {
        JsonObject files = read(result()).getAsJsonObject("files");
        Checksum.verify(model(), files.get(MODEL).getAsString());
    }

    void writeSpec(Plan plan) throws IOException {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", ExperimentSpec.SCHEMA);
        tree.put("spec", plan.spec().toTree());
        tree.put("key", plan.key());
        tree.put("data_fingerprint", plan.world().fingerprint());
        tree.put(MADE_BY, Versions.facts(plan.device()));
        write(specFile(), tree);
    }

    void writeResult(Run run) throws IOException {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", ExperimentSpec.SCHEMA);
        tree.put("steps", run.history().entries().size());
        tree.put("zero_shot", run.zeroShot());
        tree.put("scores", run.scores());
        tree.put(OutcomesJson.NAME, OutcomesJson.tree(run.outcomes()));
        if (!run.measures().isEmpty()) {
            tree.put(MEASURES, run.measures());
        }
        tree.put("validation", run.validation());
        tree.put("deviation", run.deviation());
        tree.put("cpu_seconds", run.cpuSeconds());
        tree.put("files", Map.of(MODEL, Checksum.of(model()), LOG, Checksum.of(log())));
        write(result(), tree);
    }

    private static void write(Path file, Map<String, Object> tree) throws IOException {
        String json = new GsonBuilder().setPrettyPrinting().create().toJson(tree) + "\n";
        AtomicFile.write(file, json.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject read(Path file) throws IOException {
        try {
            return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException("file " + file + " is not the JSON that was written; it has been damaged", e);
        }
    }

    /**
     * Keeps other processes and threads from training this run; freed by closing, and by the end of the process.
     *
     * @throws IllegalStateException if it is being trained elsewhere
     * @throws IOException if the lock's file cannot be written
     */
    public RunLock lock() throws IOException {
        return RunLock.take(this);
    }
}
