/**
 * What people are told about a run: the card, the line for each event, the history. Makes {@link
 * backout.chat.Message}s out of folded runs; decides nothing. Imports everything of the core before
 * it. Start at {@link backout.report.Card}.
 */
@NullMarked
package backout.report;

import org.jspecify.annotations.NullMarked;
