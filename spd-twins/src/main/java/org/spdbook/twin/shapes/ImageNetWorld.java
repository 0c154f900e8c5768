package org.spdbook.twin.shapes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spdbook.twin.OpenTwin;
import org.spdbook.twin.ShippedWeights;
import org.spdbook.twin.vision.Examples;
import org.spdbook.weights.Checksum;

/**
 * Table 3 in small: trained on photographs, tested on others of their kind and on four sets whose names are those of ImageNet's
 * variants. The model and the photographs of {@link DomainNetWorld}; twins.md 1c, but that the images of {@code a} are those that
 * another pre-training of the same model gets wrong.
 */
public final class ImageNetWorld extends ShapesWorld {

    private static final String PHOTOGRAPHS = "imagenet";

    /** With the pre-training of all tables. */
    public ImageNetWorld() {}

    private ImageNetWorld(ShippedWeights weights) {
        super(weights);
    }

    @Override
    ShapesWorld with(ShippedWeights other) {
        return new ImageNetWorld(other);
    }

    @Override
    public String name() {
        return "imagenet";
    }

    @Override
    public int table() {
        return 3;
    }

    @Override
    public String summary() {
        return "Table 3 in small: trained on photographs of 24 classes, tested on four shifts named like ImageNet's";
    }

    @Override
    public List<String> domains() {
        List<String> domains = new ArrayList<>(trainable());
        for (ImageNetSets set : ImageNetSets.values()) {
            domains.add(set.word());
        }
        return domains;
    }

    @Override
    public List<String> trainable() {
        return List.of(PHOTOGRAPHS);
    }

    @Override
    public Map<String, List<String>> domainSets() {
        return Map.of();
    }

    @Override
    public Map<String, String> dataFacts() {
        Map<String, String> facts = new LinkedHashMap<>(super.dataFacts());
        facts.put(
                "domains",
                PHOTOGRAPHS + "; tested on as well: v2 (wider poses), a (that another pre-training gets wrong),"
                        + " r (clip art, paintings, quick drawings, info graphics), sketch");
        return facts;
    }

    @Override
    public synchronized String fingerprint() {
        String parts = super.fingerprint() + Checksum.of(ImageNetSets.stored());
        return Checksum.of(parts.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    Examples examples(String domain, OpenTwin.Part part, long seed) {
        return domain.equals(PHOTOGRAPHS)
                ? ShapesData.examples(ShapeStyle.REAL, part, seed)
                : ImageNetSets.valueOf(domain.toUpperCase(java.util.Locale.ROOT))
                        .examples();
    }
}
