/**
 * The segmentation world of twins.md 2: scenes of one or two objects whose pixels are told apart, the stand-in for PASCAL in the
 * paper's Table 4. Recipe and measurements: {@code reference/segmentation}.
 */
@NullMarked
package org.spdbook.twin.scenes;

import org.jspecify.annotations.NullMarked;
