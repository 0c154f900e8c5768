package org.spdbook.magics;

import java.util.ArrayList;
import java.util.List;
import org.spdbook.optim.Anchor;
import org.spdbook.optim.OptimizerService;
import org.spdbook.optim.OptionSpec;
import org.spdbook.optim.Options;
import org.spdbook.optim.StepContext;
import org.spdbook.optim.TensorReport;
import org.spdbook.optim.TensorState;
import org.spdbook.optim.UpdateRule;

/** An optimizer that does what no optimizer should, to see what becomes of its neighbours. */
public final class Misbehaving implements OptimizerService {

    @Override
    public String name() {
        return "misbehaving";
    }

    @Override
    public String summary() {
        return "crashes, hangs or eats memory in its first step";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(OptionSpec.choice("mode", "crash", "how", List.of("crash", "hang", "eat")));
    }

    @Override
    public UpdateRule create(Options options) {
        return new Rule(options.text("mode"));
    }

    private record Rule(String mode) implements UpdateRule {

        @Override
        public List<Slot> slots() {
            return List.of();
        }

        @Override
        public Anchor anchor() {
            return Anchor.ZERO;
        }

        @Override
        public TensorReport step(TensorState tensor, StepContext context) {
            switch (mode) {
                case "hang" -> hang();
                case "eat" -> eat();
                default -> {
                    System.err.println("the native part has died");
                    Runtime.getRuntime().halt(134);
                }
            }
            return TensorReport.NONE;
        }

        private static void hang() {
            long count = 0;
            while (count >= 0) {
                count = Math.max(0, count + 1);
            }
        }

        private static void eat() {
            List<java.nio.ByteBuffer> held = new ArrayList<>();
            while (held.size() < 1_000_000) {
                java.nio.ByteBuffer block = java.nio.ByteBuffer.allocateDirect(16 << 20);
                for (int i = 0; i < block.capacity(); i += 4096) {
                    block.put(i, (byte) 1);
                }
                held.add(block);
            }
        }
    }
}
