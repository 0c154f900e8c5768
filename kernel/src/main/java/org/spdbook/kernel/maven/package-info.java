/** Libraries from Maven repositories: Maven's own resolver, with the settings and the local repository of its user. */
@NullMarked
package org.spdbook.kernel.maven;

import org.jspecify.annotations.NullMarked;
