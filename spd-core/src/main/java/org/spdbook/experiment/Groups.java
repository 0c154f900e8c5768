package org.spdbook.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spdbook.optim.Target;
import org.spdbook.peft.Attached;

/**
 * Which tensors are trained, and at which share of the learning rate.
 *
 * @param trained which
 * @param head what is done with the head
 * @param headRate factor of the learning rate for the head, &gt; 0
 * @param layerDecay factor of the learning rate from a layer to the one before it, in (0, 1]; 1 for one rate. Layer-wise learning-rate
 *     decay: Howard, Ruder, <i>Universal Language Model Fine-tuning</i>, ACL 2018
 */
public record Groups(Trained trained, Head head, double headRate, double layerDecay) {

    /** All tensors at one rate, the head pulled to its start as they are. */
    public static final Groups USUAL = new Groups(Trained.ALL, Head.ANCHORED, 1, 1);

    public Groups {
        if (!(headRate > 0 && headRate < Double.POSITIVE_INFINITY) || !(layerDecay > 0 && layerDecay <= 1)) {
            throw new IllegalArgumentException("a recipe needs head-rate > 0 and layer-decay above 0 and at most 1, got"
                    + " head-rate " + headRate + " and layer-decay " + layerDecay);
        }
        if (trained == Trained.HEAD && head == Head.EXCLUDED) {
            throw new IllegalArgumentException(
                    "trained=head leaves nothing to train with head=excluded; leave one of them out");
        }
    }

    /**
     * Leaves gradients to what is trained: those of the head are collected if it is, those of the rest of a model of which nothing else is trained
     * are not.
     */
    void freeze(OpenWorld open) {
        if (trained == Trained.HEAD) {
            open.freeze(name -> !open.head().contains(name));
        }
        if (head == Head.EXCLUDED) {
            open.freeze(open.head()::contains);
        } else {
            open.unfreeze(open.head());
        }
    }

    /**
     * The tensors to train, with their rates.
     *
     * @param targets of the world, in the model's order
     * @param headNames those that it adds for its classes
     * @throws IllegalArgumentException if none is left, as of a model without biases when these alone are trained
     */
    public List<Target> of(List<Target> targets, Set<String> headNames) {
        double[] rates = rates(targets, headNames);
        List<Target> groups = new ArrayList<>();
        for (int i = 0; i < rates.length; i++) {
            Target target = targets.get(i);
            boolean ofHead = headNames.contains(target.name());
            if (ofHead ? head != Head.EXCLUDED : trained.takes(target.name())) {
                groups.add(new Target(
                        target.name(),
                        target.value(),
                        target.rateScale() * rates[i] * (ofHead ? headRate : 1),
                        target.decays() && (!ofHead || head == Head.ANCHORED),
                        Attached.isAdapter(target.name()),
                        target.precision()));
            }
        }
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("trained=" + trained.word() + " finds nothing to train in this model of "
                    + targets.size() + " tensors"
                    + (headNames.isEmpty() ? " without a head" : " but for its head, which head=excluded leaves out")
                    + "; choose another one of " + String.join(", ", Trained.words()));
        }
        return groups;
    }

    /**
     * Tensors of a layer that are trained alike.
     *
     * @param layer its name
     * @param tensors how many
     * @param values in all of them
     * @param rate factor of the learning rate
     * @param decays whether decay, penalty or projection applies
     */
    public record Group(String layer, int tensors, long values, double rate, boolean decays) {}

    /**
     * What is trained of a model.
     *
     * @param groups from the input to the output
     * @param all values of the model, with those of its adapters
     */
    public record Share(List<Group> groups, long all) {

        public Share {
            groups = List.copyOf(groups);
        }

        /** How many values are trained. */
        public long values() {
            return groups.stream().mapToLong(Group::values).sum();
        }
    }

    /** Trained tensors summed up, from the input to the output. */
    static List<Group> summed(List<Target> trained) {
        Map<Group, List<Target>> alike = new LinkedHashMap<>(); // by what is alike: sums are put in below
        for (Layer layer : Layer.of(trained.stream().map(Target::name).toList())) {
            for (int tensor : layer.tensors()) {
                Target target = trained.get(tensor);
                alike.computeIfAbsent(
                                new Group(layer.name(), 0, 0, target.rateScale(), target.decays()),
                                any -> new ArrayList<>())
                        .add(target);
            }
        }
        return alike.entrySet().stream()
                .map(entry -> new Group(
                        entry.getKey().layer(),
                        entry.getValue().size(),
                        entry.getValue().stream()
                                .mapToLong(target -> target.value().size())
                                .sum(),
                        entry.getKey().rate(),
                        entry.getKey().decays()))
                .toList();
    }

    /** The factor of each tensor by its layer: 1 at the head, the last. */
    private double[] rates(List<Target> targets, Set<String> headNames) {
        double[] rates = new double[targets.size()];
        List<Layer> layers = Layer.of(targets.stream().map(Target::name).toList());
        for (int layer = 0; layer < layers.size(); layer++) {
            double rate = Math.pow(layerDecay, layers.size() - 1.0 - layer);
            layers.get(layer).tensors().forEach(tensor -> rates[tensor] = rate);
        }
        for (int i = 0; i < rates.length; i++) {
            rates[i] = headNames.contains(targets.get(i).name()) ? 1 : rates[i];
        }
        return rates;
    }
}
