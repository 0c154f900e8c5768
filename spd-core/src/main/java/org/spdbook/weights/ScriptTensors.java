package org.spdbook.weights;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.spdbook.weights.PickleValue.ScriptModule;

/** The tensors of a program of TorchScript, named by the attributes on the way to them: {@code visual.conv1.weight}. */
final class ScriptTensors {

    private static final int MAX_DEPTH = 64;

    /** Modules that are visited, those that are shared again each time. */
    private static final int MAX_MODULES = 100_000;

    private record Visit(String prefix, Iterator<Map.Entry<Object, Object>> attributes) {
        static Visit of(String prefix, ScriptModule module) {
            return new Visit(prefix, module.attributes.entrySet().iterator());
        }
    }

    private ScriptTensors() {}

    /**
     * Goes through a module and those in it, in the order of their attributes.
     *
     * @throws TorchZipException if they lie too deep, as in one that holds itself, or are too many
     */
    static Map<String, TorchTensor> of(Path file, ScriptModule root) throws TorchZipException {
        Map<String, TorchTensor> tensors = new LinkedHashMap<>();
        Deque<Visit> path = new ArrayDeque<>();
        path.push(Visit.of("", root));
        int modules = 1;
        while (!path.isEmpty()) {
            Visit visit = path.element();
            if (!visit.attributes().hasNext()) {
                path.pop();
                continue;
            }
            Map.Entry<Object, Object> attribute = visit.attributes().next();
            String name = visit.prefix() + attribute.getKey();
            if (attribute.getValue() instanceof TorchTensor tensor) {
                tensors.put(name, tensor);
            } else if (attribute.getValue() instanceof ScriptModule module) {
                path.push(Visit.of(name + ".", module));
                modules++;
            }
            if (path.size() > MAX_DEPTH || modules > MAX_MODULES) {
                throw new TorchZipException(
                        file, "its modules are more than " + MAX_MODULES + " or lie more than " + MAX_DEPTH + " deep");
            }
        }
        return tensors;
    }
}
