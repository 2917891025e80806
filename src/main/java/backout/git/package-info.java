/**
 * What git has of a folder, read without changing anything there: its commit, its files, whether
 * they differ. A means: may import the core and the hosts. Start at {@link backout.git.GitObjects}.
 */
@NullMarked
package backout.git;

import org.jspecify.annotations.NullMarked;
