/**
 * What {@code bot/backout} can be asked for on its host: {@link backout.cli.Arguments} reads a
 * {@link backout.cli.Verb}, and a class per noun does such things.
 */
@NullMarked
package backout.cli;

import org.jspecify.annotations.NullMarked;
