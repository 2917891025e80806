package backout.executor.source;

import backout.check.Field;
import backout.check.Probe;
import backout.check.Reading;
import backout.check.Subject;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Probes;
import backout.supervisor.Running;
import backout.supervisor.Sight;
import backout.supervisor.Supervisor;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a target that runs out of a folder is looked at with. One thread at a time. */
final class SourceEyes implements Probes {
    private static final int HOPELESS = 3;

    private final Host host;
    private final Services services;
    private final Target target;
    private final Probe address;
    private final SourceLog log;
    private @Nullable Integer restarts;
    private int grown;

    SourceEyes(Host host, Services services, Target target, Probe address, SourceLog log) {
        this.host = host;
        this.services = services;
        this.target = target;
        this.address = address;
        this.log = log;
    }

    @Override
    public Reading look(Subject subject, Duration within) {
        return switch (subject) {
            case Subject.Http asked -> address.look(asked, within);
            case Subject.OwnProcess _ -> process();
            case Subject.Container _, Subject.Redis _, Subject.Disk _, Subject.Names _ ->
                    new Reading.NotSeen(
                            Problem.of(
                                    Phrase.of(
                                            "a {0} target has no probe for {1}",
                                            target.name().kind(), subject.word()),
                                    Phrase.of("take the check out")));
        };
    }

    private Reading process() {
        try {
            List<Sight> sights = sights();
            if (sights.isEmpty()) {
                return new Reading.NoAnswer(Phrase.of("no process"));
            }
            Optional<Sight> unknown =
                    sights.stream().filter(one -> one.state() == Sight.State.UNKNOWN).findFirst();
            return unknown.isPresent()
                    ? new Reading.NotSeen(
                            Problem.of(unknown.get().why(), Phrase.of("look at it by hand")))
                    : read(sights);
        } catch (ProblemException e) {
            return new Reading.NotSeen(e.problem());
        }
    }

    private List<Sight> sights() {
        return services
                .found(Layout.of(host, target).current(), Looks.port(target))
                .owners()
                .stream()
                .map(Supervisor::look)
                .toList();
    }

    private Reading read(List<Sight> sights) {
        Reading.Facts facts =
                Reading.Facts.none()
                        .with(Field.STATE, word(sights))
                        .with(Field.RESTARTS, since(sights));
        List<Running> running =
                sights.stream().flatMap(sight -> sight.processes().stream()).toList();
        List<String> commits = commits(running);
        if (!commits.isEmpty()) {
            facts = facts.with(Field.COMMIT, String.join(" ", commits));
        }
        return facts;
    }

    /** The worst of all: workers count as well. */
    private static String word(List<Sight> sights) {
        List<Sight.State> states = sights.stream().map(Sight::state).toList();
        if (states.contains(Sight.State.LOOPING)) {
            return "restarting";
        }
        if (states.contains(Sight.State.STARTING)) {
            return "starting";
        }
        return states.contains(Sight.State.STOPPED) ? "exited" : "running";
    }

    /** A supervisor counts since it knows the service; what counts here is what came since. */
    private int since(List<Sight> sights) {
        int now = sights.stream().mapToInt(Sight::restarts).sum();
        int before = restarts == null ? now : restarts;
        if (restarts == null) {
            restarts = now;
        }
        grown = Math.max(0, now - before);
        return grown;
    }

    /** Of the folders that its processes are in: one, where all is well. */
    private List<String> commits(List<Running> running) {
        Layout layout = Layout.of(host, target);
        var all = new ArrayList<Path>(List.of(layout.current()));
        all.addAll(layout.folders());
        return running.stream()
                .flatMap(one -> one.cwd().stream())
                .flatMap(cwd -> all.stream().filter(cwd::startsWith).findFirst().stream())
                .distinct()
                .flatMap(folder -> Layout.commit(host, folder).stream())
                .distinct()
                .toList();
    }

    @Override
    public String running() {
        List<String> commits =
                commits(sights().stream().flatMap(sight -> sight.processes().stream()).toList());
        if (commits.size() == 1) {
            return commits.getFirst();
        }
        throw Problem.stop(
                commits.isEmpty()
                        ? Phrase.of("nothing runs out of {0}", Layout.folder(target))
                        : Phrase.of(
                                "its processes run out of several releases: {0}",
                                Phrase.list(commits.stream().map(Names::brief).toList())),
                target.name().toString(),
                Phrase.of("look what runs, then ask again"));
    }

    @Override
    public List<Phrase> log() {
        return log.last(target);
    }

    @Override
    public boolean isHopeless() {
        return grown >= HOPELESS;
    }
}
