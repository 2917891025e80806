package backout.frontdesk;

import backout.chat.Block;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.report.Room;
import backout.run.Evidence.Finding;

import java.util.List;

/**
 * One thing that a rollback needs, and whether it works.
 *
 * @param next what to do about it; empty where nothing is to be done
 */
public record Diagnosis(Finding finding, Phrase what, Phrase next) {
    public static Diagnosis well(Phrase what) {
        return new Diagnosis(Finding.WELL, what, Phrase.NONE);
    }

    public static Diagnosis unwell(Phrase what, Phrase next) {
        return new Diagnosis(Finding.UNWELL, what, next);
    }

    /** Nobody could look, or nobody answered. */
    public static Diagnosis unknown(Phrase what, Phrase next) {
        return new Diagnosis(Finding.UNKNOWN, what, next);
    }

    /** Who a chat says that this bot is. */
    public static Diagnosis known(String as) {
        return well(Phrase.of("the token is that of {0}", as));
    }

    /** What a chat tells when it is asked, or why it tells nothing. */
    public static List<Diagnosis> asking(Room.Asking<List<Diagnosis>> chat) {
        try {
            return chat.ask();
        } catch (Room.Refused e) {
            return List.of(unwell(e.problem().what(), e.problem().next()));
        } catch (Room.Later e) {
            return List.of(unknown(e.why(), Phrase.of("try again in a minute")));
        }
    }

    /** As people read it. */
    public Block.Line line() {
        Block.Mark mark =
                switch (finding) {
                    case WELL -> Block.Mark.DONE;
                    case UNWELL -> Block.Mark.FAILED;
                    case UNKNOWN -> Block.Mark.UNKNOWN;
                };
        return new Block.Line(mark, what, next);
    }

    /** What does not work, of a thing that is named. */
    public static Diagnosis unwell(Phrase of, Problem problem) {
        return unwell(Phrase.of("{0}: {1}", of, problem.what()), problem.next());
    }
}
