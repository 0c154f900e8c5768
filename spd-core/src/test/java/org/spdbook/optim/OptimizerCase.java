package org.spdbook.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.spdbook.optim.step.ReferenceStep;
import org.spdbook.optim.step.TorchStep;

/**
 * One optimiser in one setting and one execution.
 *
 * @param name of the service
 * @param options that differ from the defaults
 * @param execution REFERENCE or TORCH
 */
record OptimizerCase(String name, Map<String, String> options, Execution execution) {

    /** How steps are executed. */
    enum Execution {
        REFERENCE,
        TORCH;

        StepExecutor executor() {
            return this == REFERENCE ? new ReferenceStep() : new TorchStep();
        }
    }

    /** Every service of the class path: with its defaults, and with every value of every option that lists its values. */
    static List<OptimizerCase> all() {
        List<OptimizerCase> cases = new ArrayList<>();
        OptimizerService.all().forEach((name, service) -> {
            for (Execution execution : Execution.values()) {
                cases.add(new OptimizerCase(name, Map.of(), execution));
                for (OptionSpec option : service.options()) {
                    option.values().stream()
                            .filter(value -> !value.equals(option.defaultValue()))
                            .forEach(value ->
                                    cases.add(new OptimizerCase(name, Map.of(option.name(), value), execution)));
                }
            }
        });
        return cases;
    }

    /** Whether the service has an option. */
    boolean has(String option) {
        return OptimizerService.named(name).options().stream()
                .anyMatch(spec -> spec.name().equals(option));
    }

    OptimizerCase with(String option, String value) {
        Map<String, String> more = new java.util.TreeMap<>(options);
        more.put(option, value);
        return new OptimizerCase(name, more, execution);
    }

    OptimizerCase by(Execution other) {
        return new OptimizerCase(name, options, other);
    }

    /** Adam with the same moments. */
    OptimizerCase adam() {
        Map<String, String> moments = new java.util.TreeMap<>(options);
        moments.keySet().retainAll(List.of("beta1", "beta2", "eps", "amsgrad"));
        return new OptimizerCase("adam", moments, execution);
    }

    UpdateRule rule() {
        return OptimizerService.create(name, options);
    }

    @Override
    public String toString() {
        return name + options + " " + execution;
    }
}
