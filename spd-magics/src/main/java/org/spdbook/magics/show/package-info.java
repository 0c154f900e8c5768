/** Values shown in a cell: charts, tables of results, and the user's own tablesaw tables and jsplot figures. */
@NullMarked
package org.spdbook.magics.show;

import org.jspecify.annotations.NullMarked;
