/**
 * Whole stories as people live them, told through the command line on a simulated service. Start at
 * {@link backout.story.CommandLineTest}.
 */
@NullMarked
package backout.story;

import org.jspecify.annotations.NullMarked;
