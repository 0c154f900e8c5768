package org.spdbook.optim.step;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.spdbook.optim.StepContext;
import org.spdbook.optim.StepExecutor;
import org.spdbook.optim.TensorReport;
import org.spdbook.optim.TensorState;
import org.spdbook.optim.UpdateRule;
import org.spdbook.torch.Precision;
import org.spdbook.torch.Scope;

/**
 * All tensors in a few fused calls, on CPU and CUDA, without waiting for the device. A rule without a fused step is
 * executed by {@link ReferenceStep}.
 */
public final class TorchStep implements StepExecutor {

    private final ReferenceStep fallback = new ReferenceStep();
    private final List<NDArray> unread = new ArrayList<>();

    @Override
    public Supplier<List<TensorReport>> step(UpdateRule rule, List<TensorState> tensors, StepContext context) {
        if (!rule.hasFusedStep()) {
            return fallback.step(rule, tensors, context);
        }
        unread.forEach(NDArray::close);
        unread.clear();
        Map<List<TensorState>, NDArray> rows = new LinkedHashMap<>();
        for (List<TensorState> group : groups(tensors)) {
            NDArray outcome = fused(rule, group, context);
            if (outcome != null) {
                unread.add(outcome);
                rows.put(group, outcome);
            }
        }
        return () -> read(tensors, rows);
    }

    private static @Nullable NDArray fused(UpdateRule rule, List<TensorState> group, StepContext context) {
        NDArray[] outcome = new NDArray[1];
        Scope.run(() -> {
            NDArray result = rule.fusedStep(group, context);
            if (result != null) {
                outcome[0] = Scope.keep(result);
            }
        });
        return outcome[0];
    }

    private static Iterable<List<TensorState>> groups(List<TensorState> tensors) {
        Map<Settings, List<TensorState>> groups = new LinkedHashMap<>();
        for (TensorState tensor : tensors) {
            groups.computeIfAbsent(
                            new Settings(
                                    tensor.rateScale(), tensor.decays(), tensor.anchor() == null, tensor.precision()),
                            any -> new ArrayList<>())
                    .add(tensor);
        }
        return groups.values();
    }

    private static List<TensorReport> read(List<TensorState> tensors, Map<List<TensorState>, NDArray> rows) {
        TensorReport[] reports = new TensorReport[tensors.size()];
        Arrays.fill(reports, TensorReport.NONE);
        Map<TensorState, Integer> position = new LinkedHashMap<>();
        tensors.forEach(tensor -> position.put(tensor, position.size()));
        rows.forEach((group, outcome) -> {
            float[] values = outcome.toFloatArray();
            for (int i = 0; i < group.size(); i++) {
                int at = Objects.requireNonNull(position.get(group.get(i)));
                reports[at] = new TensorReport(values[3 * i], values[3 * i + 1] > 0, values[3 * i + 2]);
            }
        });
        return List.of(reports);
    }

    private record Settings(double rateScale, boolean decays, boolean atZero, Precision precision) {}
}
