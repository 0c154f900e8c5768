package org.spdbook.data.commonsense;

/**
 * A question with its answer.
 *
 * @param instruction what is asked, with the choices; may have several lines
 * @param input empty in all of the data
 * @param output what is to be written: {@code the correct answer is LABEL}
 * @param answer the label
 */
public record CommonsenseItem(String instruction, String input, String output, String answer) {}
