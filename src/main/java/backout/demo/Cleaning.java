package backout.demo;

import backout.chat.Block;
import backout.chat.Message;
import backout.language.Phrase;
import backout.problem.ProblemException;

import java.util.List;

/**
 * Removes all of one demo once, whoever asks first: the end of the story, or the end of the
 * process.
 */
final class Cleaning implements AutoCloseable {
    /** A command that was cut off may still make something while it is removed. */
    private static final int TRIES = 5;

    private final Remains remains;
    private final String name;
    private final Stage stage;
    private final String stays;
    private final Thread atExit = new Thread(this::close, "clean up the demo");
    private boolean begun;
    private boolean isClean = true;

    /**
     * From now on the end of the process cleans up too.
     *
     * @param stays commands that remove what the launcher installed, a line each; empty for none
     */
    Cleaning(Remains remains, String name, Stage stage, String stays) {
        this.remains = remains;
        this.name = name;
        this.stage = stage;
        this.stays = stays;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Who comes second waits until it is done. */
    @Override
    public synchronized void close() {
        if (begun) {
            return;
        }
        begun = true;
        try {
            stage.say("", Phrase.of("Removing the demo …"));
            stage.say("", told(remove()));
        } catch (ProblemException e) {
            isClean = false;
            stage.refuse(e.problems());
            stage.say(
                    "",
                    Phrase.of(
                            "Something of the demo is left; the next bot/backout demo removes"
                                    + " it."));
        }
        tellWhatStays();
        forgetExit();
    }

    /** As code, so that no line is broken: they are commands. */
    private void tellWhatStays() {
        if (!stays.isEmpty()) {
            Phrase what = Phrase.of("What was installed for the demo stays. To remove it:");
            stage.show(new Message(what, List.of(Block.Code.of(what, stays.lines().toList()))));
        }
    }

    private Phrase remove() {
        Phrase removed = remains.remove(name);
        Phrase more = removed;
        for (int tries = 1; !more.isEmpty() && tries < TRIES; tries++) {
            more = remains.remove(name);
        }
        return removed;
    }

    private static Phrase told(Phrase removed) {
        return removed.isEmpty()
                ? Phrase.of("There was nothing to remove.")
                : Phrase.of("Removed: {0}.", removed);
    }

    private void forgetExit() {
        if (!Thread.currentThread().equals(atExit)) {
            try {
                var _ = Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException _) {
                // The process ends already: the hook comes and finds it done.
                return;
            }
        }
    }

    /** False when something is left. */
    synchronized boolean isClean() {
        return isClean;
    }
}
