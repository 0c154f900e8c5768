package org.spdbook.data.vqa;

import java.util.List;

/**
 * The questions of one set that can be used.
 *
 * @param items in the order of the file
 * @param findings what was wrong with the others
 */
public record VqaPart(List<VqaItem> items, VqaFindings findings) {

    public VqaPart {
        items = List.copyOf(items);
    }
}
