/** Questions about pictures (Table 6): ten sets in two layouts, read as streams, and what PaliGemma takes of a picture. */
@NullMarked
package org.spdbook.data.vqa;

import org.jspecify.annotations.NullMarked;
