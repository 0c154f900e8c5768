/**
 * The one place that knows DJL's PyTorch engine: starting it offline, gradients, scopes that free native memory at once,
 * and a TorchScript archive written by Java for what NDArray lacks.
 */
@NullMarked
package org.spdbook.torch;

import org.jspecify.annotations.NullMarked;
