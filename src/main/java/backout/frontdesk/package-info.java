/**
 * Where every request from a person arrives, whichever face it comes from: reads the words, looks
 * who is speaking, begins runs, takes votes and answers. Last package of the core. Start at {@link
 * backout.frontdesk.FrontDesk}.
 */
@NullMarked
package backout.frontdesk;

import org.jspecify.annotations.NullMarked;
