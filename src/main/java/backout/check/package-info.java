/**
 * What "well" means: the one-line check, what a probe saw, the verdict on it, and the verification
 * that folds rounds of verdicts into one answer. Pure: no clock, no network. May import {@code
 * problem}, {@code chat} and Jackson's parser. Start at {@link backout.check.Check}, then {@link
 * backout.check.Verification}.
 */
@NullMarked
package backout.check;

import org.jspecify.annotations.NullMarked;
