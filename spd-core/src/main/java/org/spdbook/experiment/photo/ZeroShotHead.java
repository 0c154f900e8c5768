package org.spdbook.experiment.photo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.spdbook.data.TextTokenizer;
import org.spdbook.experiment.disk.HubWeights;
import org.spdbook.experiment.disk.Place;
import org.spdbook.model.ClipConfig;
import org.spdbook.model.ClipVit;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;
import org.spdbook.weights.Checksum;
import org.spdbook.weights.Safetensors;
import org.spdbook.weights.SafetensorsWriter;
import org.spdbook.weights.TensorData;

/**
 * The weights of a linear head by CLIP's text tower: per class the mean over templates of the embeddings of its texts, each and their mean
 * brought to unit length, times the exponential of the logit scale. Source: {@code src/models/zeroshot.py} of mlfoundations/wise-ft.
 * What has been computed is kept in a folder beside the weights, as a thousand classes take a while.
 *
 * @param weights of CLIP with its text tower, and {@code tokenizer.json}
 * @param classes names for people, in the order of the labels
 * @param templates texts with {@code {}} for the name
 */
record ZeroShotHead(HubWeights weights, List<String> classes, List<String> templates) {

    private static final String TOKENIZER = "tokenizer.json";
    private static final String PLACE = "{}";
    private static final String NAME = "head";

    ZeroShotHead {
        classes = List.copyOf(classes);
        templates = List.copyOf(templates);
        for (String template : templates) {
            if (!template.contains(PLACE)) {
                throw new IllegalArgumentException(
                        "a template has {} where the name of a class goes, got: " + template);
            }
        }
    }

    /**
     * The head, [classes, embedding].
     *
     * @param owner owns it
     * @throws IOException if a file is missing or broken
     */
    NDArray open(NDManager owner) throws IOException {
        String key = Checksum.of((weights.checksum() + classes + templates).getBytes(StandardCharsets.UTF_8));
        Path kept = Place.WEIGHTS.resolve("heads").resolve(key + ".safetensors");
        if (Files.notExists(kept)) {
            Files.createDirectories(kept.getParent());
            SafetensorsWriter.write(kept, Map.of(NAME, computed(owner)), Map.of("weights", weights.repository()));
        }
        try (Safetensors file = Safetensors.open(kept)) {
            return file.load(owner, NAME);
        }
    }

    private TensorData computed(NDManager owner) throws IOException {
        try (TextTokenizer tokenizer = TextTokenizer.open(weights.file(TOKENIZER));
                ClipVit clip = ClipVit.open(owner, weights.folder())) {
            ClipConfig.Text text = clip.config().text();
            if (text == null) {
                throw new IOException("a zero-shot head needs CLIP's text tower, which the weights in "
                        + weights.folder() + " have not; take others, or classifier=new");
            }
            List<long[]> ids = new ArrayList<>();
            for (String name : classes) {
                for (String template : templates) {
                    ids.add(ids(tokenizer, template.replace(PLACE, name), text));
                }
            }
            return Autograd.withoutRecording(() -> Scope.compute(() -> TensorData.of(head(clip, ids))));
        }
    }

    private static long[] ids(TextTokenizer tokenizer, String text, ClipConfig.Text sizes) throws IOException {
        long[] ids = tokenizer.encode(text);
        if (ids.length > sizes.context()) {
            throw new IOException("the text \"" + text + "\" has " + ids.length + " tokens, CLIP takes at most "
                    + sizes.context() + "; shorten the name of the class");
        }
        long largest = Arrays.stream(ids).max().orElse(0);
        if (largest >= sizes.vocabulary()) {
            throw new IOException("the tokenizer gives the id " + largest + ", the weights know " + sizes.vocabulary()
                    + "; take the tokenizer of their repository");
        }
        return ids;
    }

    private NDArray head(ClipVit clip, List<long[]> ids) {
        NDArray scale = clip.parameters().get(ClipVit.LOGIT_SCALE).exp();
        List<NDArray> rows = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            List<long[]> own = ids.subList(label * templates.size(), (label + 1) * templates.size());
            rows.add(Scope.of(() -> Ops.l2Normalize(Ops.l2Normalize(clip.textFeatures(padded(scale.getManager(), own)))
                            .mean(new int[] {0}, true))
                    .mul(scale)));
        }
        return Ops.concat(rows, 0);
    }

    /** Repeats the last id, which is that of the end: what follows the first one is not looked at. */
    private static NDArray padded(NDManager manager, List<long[]> texts) {
        int longest = texts.stream().mapToInt(text -> text.length).max().orElse(0);
        long[] values = new long[texts.size() * longest];
        for (int i = 0; i < texts.size(); i++) {
            long[] text = texts.get(i);
            Arrays.fill(values, i * longest, (i + 1) * longest, text[text.length - 1]);
            System.arraycopy(text, 0, values, i * longest, text.length);
        }
        return manager.create(values, new Shape(texts.size(), longest));
    }
}
