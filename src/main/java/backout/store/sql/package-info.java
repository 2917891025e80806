/**
 * Journal, leases and outbox in one SQLite file that several processes may use at once. Imports the
 * core, sqlite-jdbc and Jackson. Start at {@link backout.store.sql.SqlStore}; how events look on
 * disk is {@link backout.store.sql.StoredEvents}, the tables are the numbered {@code .sql} files.
 */
@NullMarked
package backout.store.sql;

import org.jspecify.annotations.NullMarked;
