package backout.supervisor;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Deadline;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Who keeps one service running: a unit of systemd, an app of PM2, a process with or without a PID
 * file. It is recognised by processes (number, start time, folder, port), never by a name alone.
 */
public sealed interface Supervisor permits Systemd, Pm2, PidFile, Plain {
    /** What it is, for a plan: "the systemd unit app.service". */
    Phrase says();

    /**
     * All that {@link Supervisors#of} needs to make it again, also when nothing runs any more; it
     * holds no secret. {@code kind} is {@code systemd}, {@code pm2}, {@code pid-file} or {@code
     * plain}; {@code home} is the folder that it ran out of, without links.
     */
    Map<String, String> texts();

    /** The folder that it ran out of when it was found, without links: the release. */
    default Path home() {
        return Path.of(texts().getOrDefault("home", "/"));
    }

    /** How it is at this moment; {@link Sight.State#UNKNOWN} when that could not be looked at. */
    Sight look();

    /** What a person should know, or must do, before it is stopped and started; nothing changes. */
    List<Problem> against();

    /**
     * Puts what a start needs and nobody may read (environment, command line) into that folder of
     * its machine, into files for its user alone. To be called while it runs, and what it gives to
     * be kept in the journal, before {@link #stop}.
     *
     * @param room a folder; made, for this user alone, where it is missing
     * @return the one that knows of it
     * @throws ProblemException when it cannot: nothing has changed but that folder
     */
    Supervisor keepIn(Path room);

    /**
     * Stops it, and returns when nobody of its processes lives and its port is free. Does nothing
     * when it is stopped already.
     *
     * @throws ProblemException with who still lives or holds the port; it may be stopped in part
     */
    void stop(Deadline by);

    /**
     * Starts it out of another folder, or again out of the same one. What names the folder that it
     * ran out of ({@link #home}) names this one instead; what names a link stays. Returns when the
     * supervisor took it up and processes of it run out of that folder: whether it serves is to be
     * proven by others. When one runs out of that folder already, nothing is done.
     *
     * @param folder the release; a link to it is followed
     * @return the one that runs now
     * @throws ProblemException when it did not come up: it may have been started
     */
    Supervisor start(Path folder, Deadline by);

    /** Lines of a POSIX shell that stop it, for whoever has no bot. */
    List<String> stopLines();

    /**
     * Lines that start it out of this folder; environment that only the old process had is named in
     * a comment, without values.
     */
    List<String> startLines(Path folder);
}
