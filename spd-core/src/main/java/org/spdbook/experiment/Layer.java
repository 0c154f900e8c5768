package org.spdbook.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tensors of a model that belong together: its stem, one of its blocks, or its head.
 *
 * <p>A tensor belongs to the block whose number stands in its name behind {@code blocks}, {@code layers}, {@code resblocks},
 * {@code stages} or {@code h}; a number within such a block is a block of a stage. A tensor outside is of the stem if its name
 * speaks of an embedding, a patch or a position, else of the head. Where a model has blocks in several towers, the layers are
 * named with the first part of their tensors' names.
 *
 * @param name {@code stem}, {@code block 1} (blocks are counted from 1), {@code block 2.6} (stage and block) or {@code head}
 * @param tensors places of its tensors in the list
 */
public record Layer(String name, List<Integer> tensors) {

    private static final Pattern BLOCK =
            Pattern.compile("(?:^|\\.)(?:blocks?|layers?|resblocks|stages?|h)\\.(\\d{1,6})(?=\\.)");
    private static final Pattern STEM = Pattern.compile(
            "emb|stem|patch|conv1|cls|class_|ln_pre|pre_?la?y?e?r?norm" + "|(^|[._])pos(itions?|itional)?([._]|$)");

    public Layer {
        tensors = List.copyOf(tensors);
    }

    /** L2 distance of the layer from its pre-trained weights at the end of a run with a history. */
    public double deviation(Run run) {
        List<Double> deviations = run.deviations();
        return Math.sqrt(tensors.stream()
                .mapToDouble(deviations::get)
                .map(one -> one * one)
                .sum());
    }

    /** The layers of a model from the input to the output, tower by tower. */
    public static List<Layer> of(List<String> tensors) {
        Set<String> towers = new LinkedHashSet<>();
        for (String tensor : tensors) {
            Matcher block = BLOCK.matcher(tensor);
            if (block.find()) {
                towers.add(first(tensor));
            }
        }
        List<String> order = List.copyOf(towers);
        Map<Place, List<Integer>> layers = new LinkedHashMap<>();
        for (int i = 0; i < tensors.size(); i++) {
            layers.computeIfAbsent(Place.of(tensors.get(i), order), any -> new ArrayList<>())
                    .add(i);
        }
        return layers.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Place.ORDER))
                .map(entry -> new Layer(entry.getKey().name(order), entry.getValue()))
                .toList();
    }

    private static String first(String tensor) {
        int dot = tensor.indexOf('.');
        return dot < 0 ? tensor : tensor.substring(0, dot);
    }

    /**
     * Where a layer stands.
     *
     * @param tower index of its tower; -1 before all, the number of towers behind all
     * @param part 0 stem, 1 block, 2 head
     * @param stage number of its stage, from 1; 0 for none
     * @param block number in its stage, from 1; 0 for none
     */
    private record Place(int tower, int part, int stage, int block) {

        private static final Comparator<Place> ORDER = Comparator.comparingInt(Place::tower)
                .thenComparingInt(Place::part)
                .thenComparingInt(Place::stage)
                .thenComparingInt(Place::block);

        static Place of(String tensor, List<String> towers) {
            int tower = towers.indexOf(first(tensor));
            List<Integer> numbers = new ArrayList<>();
            Matcher matcher = BLOCK.matcher(tensor);
            while (matcher.find()) {
                numbers.add(1 + Integer.parseInt(matcher.group(1)));
            }
            if (!numbers.isEmpty()) {
                return new Place(tower, 1, numbers.get(0), numbers.size() > 1 ? numbers.get(1) : 0);
            }
            boolean stem = STEM.matcher(tensor).find();
            int outside = stem ? -1 : towers.size();
            return new Place(tower < 0 || towers.size() < 2 ? outside : tower, stem ? 0 : 2, 0, 0);
        }

        String name(List<String> towers) {
            String own = part == 0 ? "stem" : part == 2 ? "head" : "block " + stage + (block == 0 ? "" : "." + block);
            return towers.size() > 1 && tower >= 0 && tower < towers.size() ? towers.get(tower) + " " + own : own;
        }
    }
}
