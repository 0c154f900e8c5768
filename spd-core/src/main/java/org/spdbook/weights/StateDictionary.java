package org.spdbook.weights;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.spdbook.weights.PickleValue.Dictionary;
import org.spdbook.weights.PickleValue.Items;
import org.spdbook.weights.PickleValue.ScriptModule;
import org.spdbook.weights.PickleValue.Skipped;
import org.spdbook.weights.PickleValue.Tuple;

/**
 * The tensors of an archive by name.
 *
 * @param tensors in the order of their dictionary
 * @param others what the dictionary holds beside them: kinds by name
 * @param metadata numbers and texts of the outermost dictionary
 */
record StateDictionary(Map<String, TorchTensor> tensors, Map<String, String> others, Map<String, String> metadata) {

    /** Keys under which training scripts keep the weights of the model, beside those of the optimizer, an average and so on. */
    private static final List<String> USUAL = List.of("state_dict", "model", "model_state_dict", "module");

    /** Keys that a sentence names. */
    private static final int FEW = 8;

    /** The key that stands for the outermost dictionary itself. */
    private static final List<String> OUTERMOST = List.of("");

    /**
     * Finds the dictionary that is meant: the one at the given keys, or else the one under a usual key, or else the outermost, or
     * else the only one within it.
     *
     * @param file for messages
     * @param root value of the pickle
     * @param keys from the outermost dictionary inwards; none for the rule
     * @throws TorchZipException if there is none, or more than one may be meant
     */
    static StateDictionary of(Path file, Object root, List<String> keys) throws TorchZipException {
        if (root instanceof ScriptModule script && keys.isEmpty()) {
            return new StateDictionary(ScriptTensors.of(file, script), Map.of(), Map.of());
        }
        if (!(root instanceof Dictionary outermost)) {
            throw new TorchZipException(
                    file,
                    "it holds " + kind(root) + ", not a dictionary of tensors",
                    "save one in Python: torch.save({\"name\": tensor}, \"weights.pt\")");
        }
        Dictionary chosen = keys.isEmpty()
                ? chosen(file, outermost)
                : at(file, outermost, keys.equals(OUTERMOST) ? List.of() : keys);
        Map<String, TorchTensor> tensors = new LinkedHashMap<>();
        Map<String, String> others = new LinkedHashMap<>();
        chosen.entries.forEach((key, value) -> {
            if (key instanceof String name && value instanceof TorchTensor tensor) {
                tensors.put(name, tensor);
            } else if (key instanceof String name) {
                others.put(name, kind(value));
            }
        });
        return new StateDictionary(tensors, others, plain(outermost));
    }

    private static Dictionary at(Path file, Dictionary outermost, List<String> keys) throws TorchZipException {
        Dictionary chosen = outermost;
        for (String key : keys) {
            if (!(chosen.entries.get(key) instanceof Dictionary inner)) {
                throw new TorchZipException(
                        file,
                        "it has no dictionary at " + keys,
                        "its dictionaries there are " + firstKeys(dictionaries(chosen)));
            }
            chosen = inner;
        }
        if (!hasTensors(chosen)) {
            throw new TorchZipException(
                    file,
                    "its dictionary at " + keys + " has no tensors of its own",
                    "the dictionaries in it are " + firstKeys(dictionaries(chosen)));
        }
        return chosen;
    }

    private static Dictionary chosen(Path file, Dictionary outermost) throws TorchZipException {
        Map<String, Dictionary> inner = dictionaries(outermost);
        inner.values().removeIf(dictionary -> !hasTensors(dictionary));
        List<String> usual = USUAL.stream().filter(inner::containsKey).toList();
        if (usual.size() == 1) {
            return Objects.requireNonNull(inner.get(usual.get(0)));
        }
        if (inner.isEmpty() && (hasTensors(outermost) || outermost.entries.isEmpty())) {
            return outermost;
        }
        if (inner.size() == 1 && !hasTensors(outermost)) {
            return inner.values().iterator().next();
        }
        if (inner.isEmpty()) {
            throw new TorchZipException(
                    file,
                    "it holds no tensors in its dictionary " + firstKeys(outermost.entries)
                            + " nor in one that lies in it",
                    "if they lie deeper, say where: TorchZip.open(file, \"outer\", \"inner\")");
        }
        List<String> doubt = usual.isEmpty() ? new ArrayList<>(inner.keySet()) : usual;
        throw new TorchZipException(
                file,
                "the weights may be meant by " + doubt.stream().limit(FEW).toList()
                        + (hasTensors(outermost) ? " or by its own tensors (key \"\")" : ""),
                "say which: TorchZip.open(file, \"" + doubt.get(0) + "\")");
    }

    private static Map<String, Dictionary> dictionaries(Dictionary dictionary) {
        Map<String, Dictionary> inner = new LinkedHashMap<>();
        dictionary.entries.forEach((key, value) -> {
            if (key instanceof String name && value instanceof Dictionary found) {
                inner.put(name, found);
            }
        });
        return inner;
    }

    private static boolean hasTensors(Dictionary dictionary) {
        return dictionary.entries.entrySet().stream()
                .anyMatch(entry -> entry.getKey() instanceof String && entry.getValue() instanceof TorchTensor);
    }

    private static List<String> firstKeys(Map<?, ?> entries) {
        return entries.keySet().stream()
                .limit(FEW)
                .map(key -> isPlain(key) ? key.toString() : kind(key))
                .toList();
    }

    private static Map<String, String> plain(Dictionary outermost) {
        Map<String, String> plain = new LinkedHashMap<>();
        outermost.entries.forEach((key, value) -> {
            if (key instanceof String name && isPlain(value)) {
                plain.put(name, value.toString());
            }
        });
        return plain;
    }

    private static boolean isPlain(Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    private static String kind(Object value) {
        if (value instanceof Skipped skipped) {
            return "a value of " + skipped.name;
        }
        if (value instanceof TorchTensor) {
            return "a single tensor";
        }
        if (value instanceof Dictionary) {
            return "a dictionary";
        }
        if (value instanceof Items || value instanceof Tuple) {
            return "a list";
        }
        if (value instanceof ScriptModule) {
            return "a module of TorchScript";
        }
        return value instanceof Number ? "a number" : "neither a tensor nor a number";
    }
}
