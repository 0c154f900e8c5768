package org.spdbook.data.vqa;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an entry that any of the formats uses; null for those it has not.
 *
 * @param id {@code question_id}, a number or a text
 * @param question {@code question}
 * @param answers what people said: a list of texts, or of objects with a text
 * @param answerType {@code answer_type}
 * @param image {@code image}, a path
 * @param imageId {@code image_id}, a number or a text
 * @param split {@code coco_split}: train2014 or val2014
 */
record VqaEntry(
        @Nullable String id,
        @Nullable String question,
        @Nullable List<String> answers,
        @Nullable String answerType,
        @Nullable String image,
        @Nullable String imageId,
        @Nullable String split) {}
