/**
 * The picture world of twins.md 4: small scenes, questions about them and ten test sets, the stand-in for the visual question answering of the
 * paper's Table 6. Scenes, words and recipe are this project's own, from no outside source: {@code reference/language}, part F; every scene and
 * every question equals that reference's, draw by draw.
 */
@NullMarked
package org.spdbook.twin.answers;

import org.jspecify.annotations.NullMarked;
