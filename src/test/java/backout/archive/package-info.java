/**
 * Tests of the archives and artifacts, on real files and against this machine's own tar and zstd.
 */
@NullMarked
package backout.archive;

import org.jspecify.annotations.NullMarked;
