/** The Jupyter wire protocol: messages, signatures, sockets and their loops, on jupyter-jvm-basekernel's connection. Knows no JShell. */
@NullMarked
package org.spdbook.kernel.protocol;

import org.jspecify.annotations.NullMarked;
