/**
 * The language world of twins.md 3: entities with facts, a corpus that tells them and eight families of questions about them, the
 * stand-in for the commonsense sets of the paper's Table 5. Words and recipe are this project's own, from no outside source: {@code
 * reference/language}, part E; every text equals that reference's, bit by bit.
 */
@NullMarked
package org.spdbook.twin.facts;

import org.jspecify.annotations.NullMarked;
