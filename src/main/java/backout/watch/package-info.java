/**
 * What goes on without anybody asking: open runs are driven, targets are looked at, releases are
 * found good. Imports the core. Start at {@link backout.watch.Resumer}, then {@link
 * backout.watch.LedgerWatch}.
 */
@NullMarked
package backout.watch;

import org.jspecify.annotations.NullMarked;
