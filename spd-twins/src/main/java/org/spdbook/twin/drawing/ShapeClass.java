package org.spdbook.twin.drawing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.spdbook.train.RandomStream;

/** What is drawn. The experiments use the first {@link #USED}. */
public enum ShapeClass {
    HOUSE(OutdoorShapes::house),
    TREE(NatureShapes::tree),
    PINE(NatureShapes::pine),
    CAR(OutdoorShapes::car),
    BOAT(OutdoorShapes::boat),
    FISH(NatureShapes::fish),
    CUP(HouseholdShapes::cup),
    UMBRELLA(HouseholdShapes::umbrella),
    SUN(NatureShapes::sun),
    FLOWER(NatureShapes::flower),
    STAR(NatureShapes::star),
    MOON(NatureShapes::moon),
    KEY(HouseholdShapes::key),
    HAMMER(HouseholdShapes::hammer),
    LADDER(HouseholdShapes::ladder),
    CHAIR(HouseholdShapes::chair),
    TABLE(HouseholdShapes::table),
    CLOCK(HouseholdShapes::clock),
    SMILEY(NatureShapes::smiley),
    CAT(NatureShapes::cat),
    RABBIT(NatureShapes::rabbit),
    MUSHROOM(NatureShapes::mushroom),
    BOTTLE(HouseholdShapes::bottle),
    WINEGLASS(HouseholdShapes::wineglass),
    LAMP(HouseholdShapes::lamp),
    BALLOON(OutdoorShapes::balloon),
    KITE(OutdoorShapes::kite),
    HEART(NatureShapes::heart),
    ENVELOPE(HouseholdShapes::envelope),
    FLAG(OutdoorShapes::flag),
    ICECREAM(HouseholdShapes::icecream),
    SNOWMAN(NatureShapes::snowman),
    BUTTERFLY(NatureShapes::butterfly),
    SPIDER(NatureShapes::spider),
    GLASSES(HouseholdShapes::glasses),
    BICYCLE(OutdoorShapes::bicycle);

    /** Number of classes that the experiments use. */
    public static final int USED = 24;

    private final Function<RandomStream, List<Part>> drawing;

    ShapeClass(Function<RandomStream, List<Part>> drawing) {
        this.drawing = drawing;
    }

    /** The word for it, such as {@code house}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The classes that the experiments use, in the order of the labels. */
    public static List<ShapeClass> used() {
        return Arrays.asList(values()).subList(0, USED);
    }

    /** Its pieces with random proportions, from the back to the front. */
    public List<Part> parts(RandomStream random) {
        return drawing.apply(random);
    }
}
