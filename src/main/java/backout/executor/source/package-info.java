/**
 * Rolls back a service that runs out of a folder of files under git: the good commit is made ready
 * in a folder beside the one that serves, then a link is turned to it. Start reading at {@link
 * backout.executor.source.SourceExecutor}; the downtime is {@link
 * backout.executor.source.SwitchMove}.
 */
@NullMarked
package backout.executor.source;

import org.jspecify.annotations.NullMarked;
