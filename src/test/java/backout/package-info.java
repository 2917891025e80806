/** Tests of the whole: what may import what. Start at {@link backout.ArchitectureTest}. */
@NullMarked
package backout;

import org.jspecify.annotations.NullMarked;
