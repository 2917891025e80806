/**
 * Rolls back a project on Vercel: its production domains lead to an older deployment, nothing is
 * built. Start reading at {@link backout.executor.vercel.VercelExecutor}; the change itself is
 * {@link backout.executor.vercel.AliasMove}.
 */
@NullMarked
package backout.executor.vercel;

import org.jspecify.annotations.NullMarked;
