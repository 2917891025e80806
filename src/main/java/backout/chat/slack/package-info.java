/**
 * Slack: requests come in over HTTP through Bolt, cards go out through the Web API. Imports the
 * core, the means, Bolt with Slack's SDK, and caffeine. Start at {@link
 * backout.chat.slack.SlackFace}.
 */
@NullMarked
package backout.chat.slack;

import org.jspecify.annotations.NullMarked;
