package org.spdbook.twin.shapes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.spdbook.experiment.Known;
import org.spdbook.train.RandomStream;
import org.spdbook.twin.drawing.Image;
import org.spdbook.twin.drawing.Part;

/** The six styles, named like DomainNet's domains. */
public enum ShapeStyle {
    REAL(RealStyle::render),
    CLIPART(DrawnStyles::clipart),
    SKETCH(DrawnStyles::sketch),
    PAINTING(PaintingStyle::render),
    QUICKDRAW(DrawnStyles::quickdraw),
    INFOGRAPH(InfographStyle::render);

    private final BiFunction<List<Part>, RandomStream, Image> renderer;

    ShapeStyle(BiFunction<List<Part>, RandomStream, Image> renderer) {
        this.renderer = renderer;
    }

    /** The word for it, such as {@code clipart}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words for all. */
    public static List<String> words() {
        return Arrays.stream(values()).map(ShapeStyle::word).toList();
    }

    /**
     * The style of a word.
     *
     * @throws IllegalArgumentException if there is none, with the known ones
     */
    public static ShapeStyle of(String word) {
        return valueOf(Known.require("domain", word, words()).toUpperCase(Locale.ROOT));
    }

    Image render(List<Part> parts, RandomStream random) {
        return renderer.apply(parts, random);
    }
}
