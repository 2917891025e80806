package backout.executor.dns;

import backout.dns.Records;
import backout.host.Command;
import backout.host.Host;
import backout.host.Hosts;
import backout.host.LowRoom;
import backout.host.Result;
import backout.language.Phrase;
import backout.plan.CheckLines;
import backout.plan.Ledger;
import backout.plan.Readiness;
import backout.plan.Readiness.Part;
import backout.plan.Readiness.State;
import backout.plan.Release;
import backout.plan.Secrets;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Findings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One look at the places that people could be led to: the standby, and where they were led before.
 * Changes nothing. What could not be looked at is unknown, never well.
 */
record StandbyLook(Target target, Hosts hosts, Secrets secrets) {
    private static final Duration LOOK = Duration.ofSeconds(20);

    /** A part that is looked at: throws what keeps it from being well, or from being seen. */
    private interface Look {
        Findings at(Host host, Path project);
    }

    /**
     * @param checks what proves the target, with their placeholders
     */
    Readiness look(Ledger ledger, List<String> checks) {
        var parts = new ArrayList<Part>();
        target.settings()
                .textIfAny("compose")
                .map(Path::of)
                .ifPresent(project -> onHost(project, parts));
        List<String> lines = CheckLines.of(target, checks, "", "");
        for (String address : addresses(ledger)) {
            parts.add(
                    part(
                            Phrase.of("the service at {0}", address),
                            () -> new Place(address, target.settings(), secrets).serves(lines)));
        }
        return new Readiness(parts);
    }

    private void onHost(Path project, List<Part> parts) {
        Phrase machine = Phrase.of("the machine {0}", target.host());
        Part reached = part(machine, () -> reached(project));
        if (!target.isHere()) {
            parts.add(reached.state() == State.WELL ? reached : unwell(reached));
        }
        boolean isThere = reached.state() == State.WELL;
        add(Phrase.of("what runs in {0}", project), isThere, project, StandbyLook::runs, parts);
        add(Phrase.of("the disk of {0}", project), isThere, project, StandbyLook::room, parts);
    }

    /** Who cannot be reached now cannot be started in need either. */
    private static Part unwell(Part part) {
        return new Part(part.what(), State.UNWELL, part.says());
    }

    private void add(Phrase what, boolean isThere, Path project, Look look, List<Part> parts) {
        parts.add(
                isThere
                        ? part(what, () -> look.at(hosts.named(target.host()), project))
                        : new Part(
                                what, State.UNKNOWN, Phrase.of("its machine cannot be reached")));
    }

    private Findings reached(Path project) {
        Host host = hosts.named(target.host());
        return host.exists(project) ? Findings.fine() : red(Phrase.of("there is no {0}", project));
    }

    private static Findings runs(Host host, Path project) {
        var wanted = new TreeSet<>(compose(host, project, "config", "--services"));
        wanted.removeAll(compose(host, project, "ps", "--services", "--status", "running"));
        return wanted.isEmpty()
                ? Findings.fine()
                : red(Phrase.of("these of its services do not run: {0}", Phrase.list(wanted)));
    }

    private static Findings room(Host host, Path project) {
        Findings found = LowRoom.look(host, project);
        return found.amber().isEmpty() ? found : red(found.amber().getFirst());
    }

    private static List<String> compose(Host host, Path project, String... words) {
        List<String> argv =
                Stream.concat(Stream.of("docker", "compose"), Stream.of(words)).toList();
        Result.Exited end = host.run(Command.of(LOOK, argv).in(project)).exited();
        if (!end.isSuccess()) {
            throw Problem.stop(
                    Phrase.of(
                            "{0} ends with {1}: {2}",
                            end.command().summary(), end.exitCode(), end.stderr().text().strip()),
                    host.name(),
                    Phrase.NONE);
        }
        return end.stdout().text().lines().filter(line -> !line.isBlank()).toList();
    }

    /**
     * The standby's, and those that people were led to last before they were led where they are.
     */
    private List<String> addresses(Ledger ledger) {
        var all = new TreeSet<>(target.settings().texts(DnsSettings.STANDBY));
        ledger.releases().stream()
                .skip(1)
                .findFirst()
                .ifPresent(former -> all.addAll(addresses(former)));
        return List.copyOf(all);
    }

    private static TreeSet<String> addresses(Release release) {
        try {
            return new TreeSet<>(Records.parse(release.source()).addresses());
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ProblemException _) {
            return new TreeSet<>(); // what was not kept is told where somebody wants to go there
        }
    }

    private static Findings red(Phrase what) {
        return Findings.red(Problem.of(what, Phrase.NONE));
    }

    private static Part part(Phrase what, Supplier<Findings> look) {
        try {
            Findings found = look.get();
            return found.red().isEmpty()
                    ? Part.well(what)
                    : new Part(
                            what,
                            found.blind() ? State.UNKNOWN : State.UNWELL,
                            found.red().getFirst().what());
        } catch (ProblemException e) {
            return new Part(what, State.UNKNOWN, e.problem().what());
        }
    }
}
