package org.spdbook.twin.vision;

import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;
import org.spdbook.torch.Torch;
import org.spdbook.twin.ShippedWeights;

/** A pre-trained classifier that comes with a world. */
public final class ShippedClassifier {

    private ShippedClassifier() {}

    /** The classifier of some weights; closed by the caller. */
    public static Classifier load(ShippedWeights weights, NDManager manager) {
        return new Classifier(TinyVitConfig.defaults(), manager, weights.tensors(manager));
    }

    /** Facts about the model, in the order to be shown. */
    public static Map<String, String> facts(ShippedWeights weights) {
        TinyVitConfig config = TinyVitConfig.defaults();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("kind", "vision transformer with a linear head on normalised embeddings");
        facts.put(
                "input",
                config.image() + " x " + config.image() + " x " + config.channels() + ", patch " + config.patch());
        facts.put("width, blocks, heads", config.width() + ", " + config.depth() + ", " + config.heads());
        facts.put("pre-trained by", weights.madeBy());
        try (NDManager manager = Torch.newManager();
                Classifier classifier = load(weights, manager)) {
            facts.put("parameters", classifier.parameters().size());
            facts.put("head", Classifier.HEAD + ", starts as the zero-shot head");
        }
        return facts;
    }
}
