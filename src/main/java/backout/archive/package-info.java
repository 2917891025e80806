/**
 * Keeps what a rollback may need to go back to: backups (tar, zstd, a manifest with SHA-256) and
 * encrypted artifacts (age). A means: may import the core, commons-compress, zstd-jni, jagged and
 * jackson; works on this machine's files. Nothing here writes over live data. Start at {@link
 * backout.archive.Backup}, then {@link backout.archive.BackupTask}, which is a step of a run, and
 * {@link backout.archive.Artifacts}.
 */
@NullMarked
package backout.archive;

import org.jspecify.annotations.NullMarked;
