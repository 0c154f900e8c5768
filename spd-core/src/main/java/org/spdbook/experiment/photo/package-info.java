/**
 * What the experiments on real photographs share: where files are looked for, how pictures get from disk to the model, and the models
 * with their heads.
 */
@NullMarked
package org.spdbook.experiment.photo;

import org.jspecify.annotations.NullMarked;
