/** Tables 1 and 2 of the paper on DomainNet itself, in the profiles pilot and paper. */
@NullMarked
package org.spdbook.experiment.domainnet;

import org.jspecify.annotations.NullMarked;
