package org.spdbook.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The two releases of DomainNet, told apart by the lines of their lists. Quickdraw is the same in both. Sources: the lists of
 * FTP (test lists and real) and of users of the first release for the original one, where the training lists of clipart and
 * painting are not known to us; the catalogue of TensorFlow Datasets for the cleaned one, whose sums are those of the copy on
 * Hugging Face (409,832 and 176,743).
 */
public enum DomainNetRelease {
    /** With duplicates; 179,605 pictures to test on. */
    ORIGINAL(
            new int[] {-1, 37_087, -1, 120_750, 122_563, 49_115},
            new int[] {14_814, 16_114, 22_892, 51_750, 52_764, 21_271}),
    /** Without; 586,575 pictures in all, 176,743 of them to test on. */
    CLEANED(
            new int[] {33_525, 36_023, 50_416, 120_750, 120_906, 48_212},
            new int[] {14_604, 15_582, 21_850, 51_750, 52_041, 20_916});

    private final Map<String, Integer> sizes = new TreeMap<>();

    DomainNetRelease(int[] train, int[] test) {
        for (int i = 0; i < train.length; i++) {
            String domain = DomainNet.DOMAINS.get(i);
            sizes.put(domain + DomainNetList.TEST, test[i]);
            if (train[i] >= 0) {
                sizes.put(domain + DomainNetList.TRAIN, train[i]);
            }
        }
    }

    /** The word for it, lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Lines of its lists by name, of those that are known. */
    public Map<String, Integer> sizes() {
        return Map.copyOf(sizes);
    }

    /** The release all of whose known lists have these numbers of lines. */
    static Optional<DomainNetRelease> of(Map<String, Integer> found) {
        return Arrays.stream(values())
                .filter(release -> release.differing(found).isEmpty())
                .findFirst();
    }

    /** Names of the lists, in order, that have another number of lines in this release. */
    public List<String> differing(Map<String, Integer> found) {
        return sizes.entrySet().stream()
                .filter(list -> !list.getValue().equals(found.get(list.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }
}
