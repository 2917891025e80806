/**
 * What may be said: the sub-commands as their YAML files describe them, and the reading of typed
 * words into an invocation. Start at {@link backout.command.CommandLine}.
 */
@NullMarked
package backout.command;

import org.jspecify.annotations.NullMarked;
