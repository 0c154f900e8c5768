package org.spdbook.train;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.spdbook.optim.TensorReport;
import org.spdbook.weights.AtomicFile;

/**
 * The log of a run, one JSON object per line: first {@code tensors}, the names; then per step {@code step}, {@code loss},
 * {@code lr}, and now and then {@code report}, per tensor [condition, selected, ratio], and {@code deviation}, per tensor.
 * Every line is handed to the system before the next step. Not thread-safe.
 */
public final class RunLog implements AutoCloseable {

    private final BufferedWriter writer;

    private RunLog(BufferedWriter writer) {
        this.writer = writer;
    }

    /**
     * Opens a log to go on after a step: what was logged later, or only in part, is dropped.
     *
     * @param file need not be there when {@code step} is 0
     * @param tensors names, for a new log
     * @param step the last one to keep
     * @throws IOException if it cannot be read or written, or a step up to {@code step} is missing
     */
    public static RunLog open(Path file, List<String> tensors, int step) throws IOException {
        List<LogEntry> kept = step == 0 ? List.of() : read(file).upTo(step).entries();
        if (kept.size() != step) {
            throw new IOException("log " + file + " holds " + kept.size() + " of the first " + step
                    + " steps of a checkpoint; the folder has been changed, train again");
        }
        StringBuilder text = new StringBuilder(new Gson().toJson(Map.of("tensors", tensors))).append('\n');
        kept.forEach(entry -> text.append(line(entry)));
        AtomicFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
        return new RunLog(Files.newBufferedWriter(file, StandardOpenOption.APPEND));
    }

    /** Adds a step. */
    public void add(LogEntry entry) throws IOException {
        writer.write(line(entry));
        writer.flush();
    }

    private static String line(LogEntry entry) {
        JsonObject json = new JsonObject();
        json.addProperty("step", entry.step());
        json.addProperty("loss", entry.loss());
        json.addProperty("lr", entry.lr());
        if (!entry.reports().isEmpty()) {
            JsonArray reports = new JsonArray();
            entry.reports().forEach(report -> {
                JsonArray one = new JsonArray();
                one.add(finite(report.condition()));
                one.add(report.selected() ? 1 : 0);
                one.add(finite(report.ratio()));
                reports.add(one);
            });
            json.add("report", reports);
        }
        if (!entry.deviations().isEmpty()) {
            JsonArray deviations = new JsonArray();
            entry.deviations().forEach(value -> deviations.add(finite(value)));
            json.add("deviation", deviations);
        }
        return json + "\n";
    }

    /** JSON has no NaN and no infinities; they are written as null. */
    private static @org.jspecify.annotations.Nullable Number finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /**
     * Reads a log; a last line that was cut off is left out.
     *
     * @throws IOException if it cannot be read
     */
    public static History read(Path file) throws IOException {
        List<String> names = new ArrayList<>();
        List<LogEntry> entries = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonObject json = parse(line);
            if (json == null) {
                break;
            }
            if (json.has("tensors")) {
                json.getAsJsonArray("tensors").forEach(name -> names.add(name.getAsString()));
            } else {
                entries.add(entry(json));
            }
        }
        return new History(names, entries);
    }

    static @org.jspecify.annotations.Nullable JsonObject parse(String line) {
        try {
            JsonElement json = JsonParser.parseString(line);
            return json.isJsonObject() ? json.getAsJsonObject() : null;
        } catch (JsonParseException e) {
            return null;
        }
    }

    static LogEntry entry(JsonObject json) {
        List<TensorReport> reports = new ArrayList<>();
        List<Double> deviations = new ArrayList<>();
        if (json.has("report")) {
            json.getAsJsonArray("report").forEach(item -> {
                JsonArray one = item.getAsJsonArray();
                reports.add(new TensorReport(number(one.get(0)), one.get(1).getAsInt() == 1, number(one.get(2))));
            });
        }
        if (json.has("deviation")) {
            json.getAsJsonArray("deviation").forEach(value -> deviations.add(number(value)));
        }
        return new LogEntry(
                json.get("step").getAsInt(),
                json.get("loss").getAsDouble(),
                json.get("lr").getAsDouble(),
                reports,
                deviations);
    }

    private static double number(JsonElement value) {
        return value.isJsonNull() ? Double.NaN : value.getAsDouble();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
