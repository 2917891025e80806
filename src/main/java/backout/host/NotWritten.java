package backout.host;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.nio.file.Path;

/** Why a file was not replaced, and what it holds then. */
final class NotWritten {
    private NotWritten() {}

    static ProblemException irregular(Path file) {
        return refuse(
                file,
                Phrase.of("this is no regular file; nothing was written"),
                Phrase.of("name the file itself"));
    }

    static ProblemException gone(Path file) {
        return refuse(
                file,
                Phrase.of("the file is gone, or a link that leads nowhere; nothing was written"),
                Phrase.of("put it back"));
    }

    static ProblemException changed(Path file) {
        return refuse(
                file,
                Phrase.of(
                        "the file is not what it was when the plan was made: somebody edited it"
                                + " meanwhile; nothing was written"),
                Phrase.of("look at the file and ask for a new plan"));
    }

    static ProblemException other(Path file) {
        return refuse(
                file,
                Phrase.of(
                        "the file was written, but does not read as written: somebody else writes"
                                + " it too"),
                Phrase.of("find out who, then look at the file"));
    }

    static ProblemException broke(Path file, Path kept) {
        return refuse(
                file,
                Phrase.of(
                        "the file broke while it was written and could not be put back; its old"
                                + " text is in {0}",
                        kept),
                Phrase.of("make space, then copy the old text over it"));
    }

    static ProblemException failed(Path file, String why) {
        return refuse(
                file,
                Phrase.of("the file cannot be written: {0}; it holds what it held", why),
                Phrase.of("check the space, the mount and the rights of that folder"));
    }

    /**
     * After the new text took the old one's place a power cut may still bring the old one back; and
     * after a cut connection nobody knows.
     */
    static ProblemException unsure(Path file, Phrase why) {
        return refuse(
                file,
                Phrase.of(
                        "the file could not be written for sure: {0}; it may hold the new text",
                        why),
                Phrase.of("check the space and the mount of that folder, then look at the file"));
    }

    private static ProblemException refuse(Path file, Phrase what, Phrase next) {
        return Problem.stop(what, file.toString(), next);
    }
}
