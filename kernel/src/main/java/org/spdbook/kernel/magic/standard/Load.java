package org.spdbook.kernel.magic.standard;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.magic.FileCompletion;
import org.spdbook.kernel.magic.MagicCall;
import org.spdbook.kernel.magic.MagicException;
import org.spdbook.kernel.shell.CellException;

/** {@code %load FILE}: runs the code of a file, or of the code cells of a notebook. */
public final class Load extends StandardMagic {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Set<String> loading = ConcurrentHashMap.newKeySet();

    /** Made by ServiceLoader. */
    public Load() {
        super(Usage.of("load", "%load FILE\n%load URL", "runs a .java or .jsh file, or the code cells of a notebook")
                .notes("As if its text stood here: declarations stay, magics work. A line that begins with " + Save.MARK
                        + " begins a cell, a package\nline of a .java file is passed over. The value of the last cell is the result. URLs may"
                        + " begin with https, http and file."));
    }

    @Override
    public @Nullable Object run(MagicCall call) throws Exception {
        String from = usage().read(call.arguments()).only();
        boolean remote = from.startsWith("https://") || from.startsWith("http://");
        Path file = remote ? Path.of("") : path(from, call.session().folder());
        String text = remote ? fetch(from) : read(file);
        String key = remote ? from : file.toString();
        if (!loading.add(key)) {
            throw new MagicException(key + " loads itself; a file may load others only");
        }
        try {
            return evaluate(key, cells(key, text), call);
        } finally {
            loading.remove(key);
        }
    }

    private static Path path(String from, Path folder) {
        return from.startsWith("file:") ? Path.of(URI.create(from)) : LocalFile.existing(from, folder);
    }

    private static String read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new MagicException(file + " is a folder; %load takes a file");
        }
        return Files.readString(file);
    }

    private static @Nullable Object evaluate(String name, List<String> cells, MagicCall call) throws Exception {
        Object value = null;
        for (int i = 0; i < cells.size(); i++) {
            try {
                value = call.session().evaluate(cells.get(i), 1);
            } catch (CellException e) {
                List<String> lines = new ArrayList<>(e.traceback());
                lines.add("in " + name + (cells.size() > 1 ? ", code cell " + (i + 1) : "")
                        + ", whose lines are counted here");
                throw new CellException(e.name(), String.valueOf(e.getMessage()), lines);
            }
        }
        return value;
    }

    private static String fetch(String address) throws InterruptedException {
        try {
            HttpClient client = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .connectTimeout(PATIENCE)
                    .build();
            HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                    .timeout(PATIENCE)
                    .build();
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() != 200) {
                throw new MagicException(address + " cannot be loaded: the server answered " + response.statusCode());
            }
            return response.body();
        } catch (IOException | IllegalArgumentException e) {
            throw new MagicException(address + " cannot be loaded: " + (e.getMessage() == null ? e : e.getMessage()));
        }
    }

    /** The code of a file, cell by cell. */
    static List<String> cells(String name, String text) {
        if (name.replaceFirst("[?#].*$", "").endsWith(".ipynb")) {
            return notebook(name, text);
        }
        String code = text.replaceFirst("(?m)^[ \\t]*package\\s+[\\w.]+\\s*;", "");
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        for (String line : code.lines().toList()) {
            if (line.startsWith(Save.MARK) && !cell.isEmpty()) {
                cells.add(cell.toString());
                cell.setLength(0);
            }
            if (line.equals("/exit")) {
                break;
            }
            cell.append(line).append('\n');
        }
        cells.add(cell.toString());
        return cells.stream().filter(source -> !source.isBlank()).toList();
    }

    private static List<String> notebook(String name, String text) {
        try {
            JsonArray cells = JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("cells");
            return StreamSupport.stream(cells.spliterator(), false)
                    .map(JsonElement::getAsJsonObject)
                    .filter(cell -> cell.get("cell_type").getAsString().equals("code"))
                    .map(Load::source)
                    .filter(source -> !source.isBlank())
                    .toList();
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            throw new MagicException(name + " is no Jupyter notebook of format 4, which is JSON with a list of cells");
        }
    }

    private static String source(JsonObject cell) {
        JsonElement source = cell.get("source");
        if (!source.isJsonArray()) {
            return source.getAsString();
        }
        StringBuilder lines = new StringBuilder();
        source.getAsJsonArray().forEach(line -> lines.append(line.getAsString()));
        return lines.toString();
    }

    @Override
    List<Completion> words(String typed, Path folder) {
        return FileCompletion.complete(folder, typed, path -> path.toString().matches(".*\\.(java|jsh|ipynb)"));
    }
}
