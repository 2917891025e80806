package backout.executor.source;

import backout.host.Command;
import backout.host.Host;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Deadline;
import backout.run.Pause;
import backout.supervisor.Found;
import backout.supervisor.Sight;
import backout.supervisor.Supervisor;
import backout.supervisor.Supervisors;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Whoever runs what lies in a release: stopped, and started again out of another one. */
final class Services {
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final Host host;
    private final Supervisors supervisors;

    Services(Host host, Pause pause) {
        this.host = host;
        this.supervisors = new Supervisors(host, pause);
    }

    Found found(Path folder, OptionalInt port) {
        return supervisors.find(folder, port);
    }

    /**
     * Notes all that brings them back, while they run.
     *
     * @throws ProblemException where nobody knows who runs it: nothing was touched
     */
    Held hold(Link link, OptionalInt port, Path room) {
        Found found = found(link.former(), port);
        if (!found.against().isEmpty()) {
            throw new ProblemException(found.against());
        }
        if (found.owners().isEmpty()) {
            throw nobody(link.former());
        }
        List<Map<String, String>> owners =
                found.owners().stream().map(owner -> owner.keepIn(room).texts()).toList();
        return new Held(owners, link.text(), room.toString(), Held.Leg.NONE);
    }

    static ProblemException nobody(Path folder) {
        return Problem.stop(
                Phrase.of("nothing runs out of {0}, and nobody knows how it is started", folder),
                folder.toString(),
                Phrase.of(
                        "start it as you always do, also when it is unwell then, and ask again;"
                                + " nothing was touched"));
    }

    /** Does nothing to what is stopped already. */
    void stop(Held held, Deadline by) {
        held.owners().stream().map(supervisors::of).forEach(owner -> owner.stop(by));
    }

    /** Also what was started and nobody noted. */
    void stopAll(Path folder, OptionalInt port, Deadline by) {
        running(folder, port).forEach(owner -> owner.stop(by));
    }

    /** Does nothing to what runs out of that folder already. */
    Held start(Held held, Path folder, Deadline by) {
        var started = new ArrayList<Map<String, String>>();
        for (Map<String, String> texts : held.owners()) {
            started.add(supervisors.of(texts).start(folder, by).texts());
        }
        return held.by(started);
    }

    /** Whether something runs out of that release. */
    boolean runs(Path folder, OptionalInt port) {
        return !running(folder, port).isEmpty();
    }

    private List<Supervisor> running(Path folder, OptionalInt port) {
        return found(folder, port).owners().stream()
                .filter(owner -> owner.home().equals(folder))
                .filter(owner -> isThere(owner.look()))
                .toList();
    }

    private static boolean isThere(Sight sight) {
        return switch (sight.state()) {
            case RUNNING, STARTING, LOOPING -> true;
            case STOPPED -> false;
            case UNKNOWN ->
                    throw ProblemException.unseen(
                            Problem.of(sight.why(), Phrase.of("look at it by hand")));
        };
    }

    List<String> written(Supervisor owner, int lines, Collection<String> secrets) {
        return supervisors.written(owner, lines, secrets);
    }

    Supervisor of(Map<String, String> texts) {
        return supervisors.of(texts);
    }

    void forget(Held held) {
        if (!held.room().isEmpty()) {
            var _ = host.run(Command.of(WITHIN, "rm", "-rf", held.room())).exited();
        }
    }
}
