package org.spdbook.data.vqa;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Files of a set that were found, and how they are read.
 *
 * @param form what stands where
 * @param questions the file of questions
 * @param list name of the list in it, if it is an object
 * @param annotations the file of answers; of {@link Form#FRAMES} that of answer types, if it is there
 * @param ids the questions of this set among those of another; null for all
 * @param pictures the folder that names of pictures are below
 * @param split the folder of COCO below it, if an entry names none
 */
record VqaSource(
        Form form,
        Path questions,
        String list,
        @Nullable Path annotations,
        @Nullable Path ids,
        Path pictures,
        String split) {

    private static final int DIGITS = 12;

    /** How a set is laid out. */
    enum Form {
        /** FRAMES-VQA: entries with answers and the path of the picture. */
        FRAMES,
        /** One file: entries with answers and the name or the id of the picture. */
        SINGLE,
        /** Questions and annotations in two files; the id of COCO says the picture. */
        COCO
    }

    /** The path of the picture of an entry below the folder; null if the entry does not say it. */
    @Nullable
    String picture(VqaEntry entry) {
        if (form != Form.COCO) {
            return entry.image() != null || form == Form.FRAMES || entry.imageId() == null
                    ? prefixed(entry.image())
                    : prefixed(entry.imageId() + ".jpg");
        }
        String folder = entry.split() == null ? split : entry.split();
        return entry.imageId() == null ? null : folder + "/COCO_" + folder + "_" + padded(entry.imageId()) + ".jpg";
    }

    private @Nullable String prefixed(@Nullable String name) {
        return name == null || name.isBlank() ? null : split.isEmpty() ? name : split + "/" + name;
    }

    /** Twelve digits; edited pictures have two such numbers with a line between, as a text. */
    private static String padded(String id) {
        return id.length() < DIGITS && id.chars().allMatch(c -> c >= '0' && c <= '9')
                ? String.format(Locale.ROOT, "%012d", Long.parseLong(id))
                : id;
    }
}
