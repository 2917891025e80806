package backout.chat.discord;

import backout.chat.PlainText;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.report.Room;

import java.util.Set;

/** What Discord's refusals mean, and what a person can do about them. */
final class DiscordErrors {
    static final int UNKNOWN_CHANNEL = 10003;
    static final int UNKNOWN_MESSAGE = 10008;
    static final int UNKNOWN_WEBHOOK = 10015;
    static final int UNKNOWN_INTERACTION = 10062;
    static final int ALREADY_ANSWERED = 40060;
    static final int NO_DIRECT_MESSAGES = 50007;
    static final int THREAD_THERE = 160004;

    private static final int NO_ACCESS = 50001;
    private static final int NOT_OURS = 50005;
    private static final int NO_PERMISSION = 50013;
    private static final int INVALID_FORM = 50035;
    static final int ARCHIVED = 50083;
    private static final int THREAD_LOCKED = 160005;

    /** What a thread answers that is not the bot's to write to. */
    static final Set<Integer> CLOSED = Set.of(ARCHIVED, THREAD_LOCKED, NO_PERMISSION, NO_ACCESS);

    private static final Set<Integer> KEPT_OUT = Set.of(401, 403, 404, 407);

    private DiscordErrors() {}

    /**
     * @param where what the call was about, for people: a channel's id
     * @param code Discord's own; 0 where it said none
     */
    static Problem problem(String where, int status, int code, String says) {
        String shown = PlainText.brief(PlainText.line(says), 300);
        Phrase what =
                code == 0
                        ? Phrase.of("Discord answered HTTP {0}", status)
                        : Phrase.of("Discord refuses: {0} ({1})", shown, code);
        return new Problem(what, where, status == 401 ? token() : next(status, code));
    }

    static Room.Gone gone(int status, int code) {
        return switch (code) {
            // what Discord says has a code, but for a token that is not good
            case 0 -> KEPT_OUT.contains(status) ? Room.Gone.WAY_IN : Room.Gone.NOTHING;
            case UNKNOWN_MESSAGE, NOT_OURS -> Room.Gone.MESSAGE;
            case UNKNOWN_CHANNEL, NO_ACCESS -> Room.Gone.CHANNEL;
            default -> Room.Gone.NOTHING;
        };
    }

    static Phrase token() {
        return Phrase.of(
                "copy the bot token from the Discord application's page (Bot, Reset Token) to where"
                        + " discord/bot-token in chat.yml points, and start again");
    }

    private static Phrase next(int status, int code) {
        return switch (code) {
            case UNKNOWN_CHANNEL ->
                    Phrase.of("look at the id of the channel: it is wrong, or somebody deleted it");
            case UNKNOWN_MESSAGE -> Phrase.of("somebody deleted the message; see: status");
            case NO_ACCESS, NO_PERMISSION ->
                    Phrase.of(
                            "let the bot view that channel, send messages, read their history and"
                                    + " create threads there; to invite it again (it need not leave"
                                    + " first): bot/backout manifest discord");
            case NO_DIRECT_MESSAGES ->
                    Phrase.of("have them allow direct messages from members of the server");
            case ARCHIVED, THREAD_LOCKED -> Phrase.of("unlock the thread");
            case INVALID_FORM -> Phrase.of("this is a fault of Backout: report it");
            default ->
                    status == 404 || code == 0
                            ? Phrase.of(
                                    "look at discord/address in chat.yml, and at what stands"
                                            + " between")
                            : Phrase.of(
                                    "see https://docs.discord.com/developers/topics/opcodes-and-status-codes"
                                        + " for what that means");
        };
    }
}
