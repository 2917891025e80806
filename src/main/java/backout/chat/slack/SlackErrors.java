package backout.chat.slack;

import backout.chat.PlainText;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.report.Room;

import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;

import java.time.Duration;
import java.util.Set;

/** What Slack's refusals mean: not now, or never and what a person can do about it. */
final class SlackErrors {
    private static final Set<String> NOT_NOW =
            Set.of(
                    "internal_error",
                    "fatal_error",
                    "service_unavailable",
                    "request_timeout",
                    "ratelimited",
                    "rate_limited",
                    "team_added_to_org",
                    "accesslimited");

    /** What Slack itself never answers: something between lets nobody through. */
    private static final Set<Integer> KEPT_OUT = Set.of(401, 403, 404, 407);

    /** What it says of the token, whatever the call was about. */
    private static final Set<String> TOKEN =
            Set.of(
                    "invalid_auth",
                    "not_authed",
                    "token_revoked",
                    "token_expired",
                    "account_inactive");

    /** Asked to wait, without for how long. */
    private static final Duration WAIT = Duration.ofSeconds(1);

    private SlackErrors() {}

    /** An answer with another status than 200. */
    static Room.Later ofStatus(String where, SlackApiException e) throws Room.Refused {
        int status = e.getResponse().code();
        if (status == 429) {
            return new Room.Later(Phrase.of("Slack asks to wait"), seconds(e), where);
        }
        if (status >= 500 || status == 408 || (status >= 300 && status < 400)) {
            return new Room.Later(Phrase.of("Slack answered HTTP {0}", status), Duration.ZERO);
        }
        throw new Room.Refused(
                new Problem(
                        Phrase.of("Slack answered HTTP {0}", status),
                        where,
                        Phrase.of(
                                "look at slack/address in chat.yml, and at what stands"
                                        + " between")),
                KEPT_OUT.contains(status) ? Room.Gone.WAY_IN : Room.Gone.NOTHING);
    }

    private static Duration seconds(SlackApiException e) {
        String header = e.getResponse().header("Retry-After", "");
        return header != null && header.matches("[0-9]{1,6}")
                ? Duration.ofSeconds(Long.parseLong(header))
                : WAIT;
    }

    /** An answer that says it is not ok. */
    static void raise(String where, SlackApiTextResponse response) throws Room.Later, Room.Refused {
        String error = String.valueOf(response.getError());
        if (NOT_NOW.contains(error)) {
            boolean limited = error.startsWith("rate");
            Phrase says = Phrase.of("Slack answered {0}", error);
            throw limited ? new Room.Later(says, WAIT, where) : new Room.Later(says, Duration.ZERO);
        }
        Phrase next =
                error.equals("missing_scope")
                        ? Phrase.of(
                                "give the app the scope {0} and install it again",
                                PlainText.line(String.valueOf(response.getNeeded())))
                        : next(error);
        String shown = PlainText.brief(PlainText.line(error), 100);
        throw new Room.Refused(
                new Problem(Phrase.of("Slack refuses: {0}", shown), where, next), gone(error));
    }

    private static Room.Gone gone(String error) {
        return switch (error) {
            case "message_not_found", "cant_update_message", "edit_window_closed" ->
                    Room.Gone.MESSAGE;
            case "channel_not_found", "is_archived", "not_in_channel" -> Room.Gone.CHANNEL;
            default -> TOKEN.contains(error) ? Room.Gone.WAY_IN : Room.Gone.NOTHING;
        };
    }

    private static Phrase next(String error) {
        return switch (error) {
            case "channel_not_found" ->
                    Phrase.of(
                            "look at the id of the channel; if it is private: /invite @backout"
                                    + " there");
            case "not_in_channel" -> Phrase.of("say in that channel: /invite @backout");
            case "is_archived" -> Phrase.of("unarchive the channel, or name another in chat.yml");
            case "invalid_auth",
                    "not_authed",
                    "token_revoked",
                    "token_expired",
                    "account_inactive" ->
                    Phrase.of(
                            "copy the bot token from the Slack app's page (OAuth & Permissions) to"
                                    + " where slack/bot-token in chat.yml points, and start"
                                    + " again");
            case "restricted_action", "restricted_action_read_only_channel" ->
                    Phrase.of("let the app post there, or name another channel in chat.yml");
            case "message_not_found" -> Phrase.of("somebody deleted the message; see: status");
            case "cant_update_message", "edit_window_closed" ->
                    Phrase.of("the message is no longer this app's to change; see: status");
            case "user_not_in_channel" -> Phrase.of("join the channel and say it again");
            case "msg_too_long", "msg_blocks_too_long", "invalid_blocks", "invalid_arguments" ->
                    Phrase.of("this is a fault of Backout: report it");
            default ->
                    Phrase.of("see https://docs.slack.dev/reference/methods for what that means");
        };
    }
}
