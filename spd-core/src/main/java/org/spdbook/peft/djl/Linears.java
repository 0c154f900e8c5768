package org.spdbook.peft.djl;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SymbolBlock;
import ai.djl.nn.core.Linear;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.spdbook.peft.LoraConfig;

/** Finds the linear layers of a block: their weights by path name, in the order of {@code getChildren}. */
final class Linears {

    private Linears() {}

    /**
     * Weights [out, in] of all linear layers.
     *
     * @throws IllegalArgumentException if two parts have one name
     * @throws IllegalStateException if a parameter of the block has no values yet
     */
    static Map<String, Parameter> of(Block block) {
        Map<String, Parameter> weights = new LinkedHashMap<>();
        if (block instanceof Linear linear) {
            weights.put("Linear", weight(linear));
        }
        walk("", block, weights);
        block.getParameters().forEach(pair -> {
            if (!pair.getValue().isInitialized()) {
                throw new IllegalStateException("parameter " + pair.getKey()
                        + " of the block has no values yet; call block.initialize(manager, DataType.FLOAT32, inputShape)"
                        + " or load its parameters before LoRA is attached");
            }
        });
        return weights;
    }

    private static void walk(String prefix, Block block, Map<String, Parameter> weights) {
        block.getChildren().forEach(pair -> {
            String name = prefix + pair.getKey();
            if (pair.getValue() instanceof Linear linear && weights.put(name, weight(linear)) != null) {
                throw new IllegalArgumentException(
                        "two parts of the block are called " + name + "; give its children names of their own");
            }
            walk(name + ".", pair.getValue(), weights);
        });
    }

    private static Parameter weight(Linear linear) {
        return linear.getDirectParameters().get("weight");
    }

    /** Those that a configuration names; a weight that several layers share is there once. */
    static Map<String, Parameter> targets(Block block, LoraConfig config) {
        Map<String, Parameter> all = of(block);
        Map<String, Parameter> chosen = new LinkedHashMap<>();
        all.forEach((name, weight) -> {
            if (config.targets().matcher(name).matches() && !chosen.containsValue(weight)) {
                chosen.put(name, weight);
            }
        });
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException(noMatch(block, config, all));
        }
        chosen.forEach(Linears::checkType);
        return chosen;
    }

    private static String noMatch(Block block, LoraConfig config, Map<String, Parameter> all) {
        if (!all.isEmpty()) {
            return "no linear layer is called " + config.targets() + "; the block has " + all.keySet();
        }
        return holdsScript(block)
                ? "LoRA cannot be attached to a TorchScript model: its weights are inside its script, where nothing can be put in"
                        + " their place; build the model from its Hugging Face files by the classes of org.spdbook.model, or"
                        + " write it as a Java block"
                : "LoRA needs layers of the class ai.djl.nn.core.Linear, and the block has none; it has the parameters "
                        + block.getParameters().keys();
    }

    private static boolean holdsScript(Block block) {
        return block instanceof SymbolBlock
                || block.getChildren().values().stream().anyMatch(Linears::holdsScript);
    }

    private static void checkType(String name, Parameter weight) {
        switch (weight.getArray().getDataType()) {
            case FLOAT32, FLOAT64 -> {
                // what factors can be made of
            }
            default ->
                throw new IllegalArgumentException("layer " + name + " has weights of type "
                        + weight.getArray().getDataType()
                        + ", LoRA needs float32 or float64; initialise the block with one of them");
        }
    }

    /** Names and shapes. */
    static List<LinearLayer> list(Block block) {
        return of(block).entrySet().stream()
                .map(entry -> new LinearLayer(
                        entry.getKey(),
                        entry.getValue().getShape().get(0),
                        entry.getValue().getShape().get(1)))
                .collect(Collectors.toUnmodifiableList());
    }
}
