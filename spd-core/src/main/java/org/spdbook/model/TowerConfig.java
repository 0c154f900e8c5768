package org.spdbook.model;

import org.spdbook.nn.Activation;

/**
 * Sizes of a stack of pre-norm transformer blocks.
 *
 * @param width of the tokens
 * @param depth number of blocks
 * @param heads divides the width
 * @param hidden width inside the MLPs
 * @param activation of the MLPs
 * @param eps of the normalisations
 */
public record TowerConfig(int width, int depth, int heads, int hidden, Activation activation, double eps) {

    public TowerConfig {
        if (width < 1 || depth < 0 || heads < 1 || hidden < 1 || width % heads != 0) {
            throw new IllegalArgumentException("a transformer needs a width that its heads divide, got width " + width
                    + ", depth " + depth + ", heads " + heads + ", hidden " + hidden + "; correct the configuration");
        }
    }
}
