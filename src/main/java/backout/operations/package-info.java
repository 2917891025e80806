/**
 * What those who operate the bot look at: is it alive, is it ready, what did it do. Imports the
 * core, the servlet API, Micrometer, Logback and Jackson. Start at {@link
 * backout.operations.OperatorServlet}.
 */
@NullMarked
package backout.operations;

import org.jspecify.annotations.NullMarked;
