package org.spdbook.twin.emoji;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spdbook.eval.TestSet;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.train.Task;
import org.spdbook.twin.vision.Classifier;

/** The emoji world in memory for one style and seed. Drawings of a set are read when it is asked for. */
final class OpenEmoji implements OpenWorld {

    private final NDManager manager;
    private final Classifier classifier;
    private final EmojiSheets sheets;
    private final Style style;
    private final EmojiSplit split;
    private final List<String> classes;
    private final Task task;

    /** Takes over manager and classifier. */
    OpenEmoji(
            NDManager manager,
            Classifier classifier,
            EmojiSheets sheets,
            EmojiManifest manifest,
            Style style,
            long seed) {
        this.manager = manager;
        this.classifier = classifier;
        this.sheets = sheets;
        this.style = style;
        this.split = EmojiSplit.of(manifest, seed);
        this.classes = manifest.classes();
        this.task = drawings(style, split.train());
    }

    private EmojiTask drawings(Style of, List<EmojiManifest.Row> rows) {
        return new EmojiTask(classifier, manager, sheets, of, rows, classes);
    }

    @Override
    public NDManager manager() {
        return manager;
    }

    @Override
    public Task task() {
        return task;
    }

    @Override
    public Set<String> head() {
        return Set.of(Classifier.HEAD);
    }

    @Override
    public Map<String, NDArray> weights() {
        return classifier.parameters().asMap();
    }

    @Override
    public List<TestSet> testSets() {
        List<TestSet> sets = new ArrayList<>();
        for (Style one : Style.values()) {
            sets.add(drawings(one, split.test()));
        }
        return sets;
    }

    @Override
    public TestSet validation() {
        return drawings(style, split.validation());
    }

    @Override
    public void close() {
        classifier.close();
        manager.close();
    }
}
