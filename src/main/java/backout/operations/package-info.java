/**
 * What those who operate the bot look at: is it alive, is it ready, what did it do. Imports the
 * core, the servlet API, Micrometer, Logback and Jackson. Start at {@link
 * backout.operations.HealthServlet}.
 */
@NullMarked
package backout.operations;

import org.jspecify.annotations.NullMarked;
