/** What the paper claims and prints, beside what was found: claims with their verdicts, and the ledger of table cells. */
@NullMarked
package org.spdbook.ledger;

import org.jspecify.annotations.NullMarked;
