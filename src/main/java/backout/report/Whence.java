package backout.report;

import backout.language.Phrase;
import backout.run.CallEvent;
import backout.run.GlassBroken;
import backout.run.HoldEvent;
import backout.run.ProposalEvent;
import backout.run.RunEvent;

/**
 * From which face somebody said something. What Slack signed and what anybody with a shell can type
 * in another's name are not the same, so whoever reads it is told.
 */
public final class Whence {
    private Whence() {}

    /** Empty for what no person said, and in older journals. */
    static String of(RunEvent event) {
        return switch (event) {
            case RunEvent.Requested e -> e.via();
            case RunEvent.Confirmed e -> e.via();
            case RunEvent.Voted e -> e.vote().via();
            case RunEvent.Cancelled e -> e.via();
            case RunEvent.Answered e -> e.via();
            case ProposalEvent.TakenUp e -> e.via();
            case ProposalEvent.Held e -> e.via();
            case CallEvent.Nudged e -> e.via();
            case GlassBroken e -> e.via();
            case HoldEvent.Paused e -> e.via();
            case HoldEvent.Resumed e -> e.via();
            case HoldEvent.Aborted e -> e.via();
            case CallEvent.Claimed e -> e.via();
            case CallEvent.GivenBack e -> e.via();
            default -> "";
        };
    }

    /** The words with the face behind them. */
    public static Phrase after(Phrase said, String via) {
        return via.isEmpty() ? said : Phrase.of("{0} ({1})", said, face(via));
    }

    /**
     * @param via as {@link backout.frontdesk} writes it: {@code host USER}, {@code host USER
     *     SUDOER}
     */
    private static Phrase face(String via) {
        String[] words = via.split(" ", 3);
        return switch (words[0]) {
            case "console" -> Phrase.of("in the console");
            case "host" ->
                    switch (words.length) {
                        case 1 -> Phrase.of("at the host");
                        case 2 -> Phrase.of("at the host as {0}", words[1]);
                        default ->
                                Phrase.of(
                                        "at the host as {0}, through sudo by {1}",
                                        words[1], words[2]);
                    };
            default -> Phrase.verbatim(via);
        };
    }
}
