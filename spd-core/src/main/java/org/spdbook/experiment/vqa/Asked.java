package org.spdbook.experiment.vqa;

import org.spdbook.data.vqa.VqaItem;

/**
 * A question with its picture as the model takes it.
 *
 * @param item the question
 * @param picture [3, side, side], row by row
 */
record Asked(VqaItem item, float[] picture) {}
