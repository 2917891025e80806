package backout.executor.dns;

import backout.dns.Records;
import backout.host.Host;
import backout.host.Hosts;
import backout.language.Phrase;
import backout.plan.CheckLines;
import backout.plan.Ledger;
import backout.plan.Readiness;
import backout.plan.Readiness.Part;
import backout.plan.Readiness.State;
import backout.plan.Release;
import backout.plan.Secrets;
import backout.plan.Settings;
import backout.plan.Target;
import backout.problem.ProblemException;
import backout.run.Findings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One look at the places that people could be led to: the standby, and where they were led before.
 * Changes nothing. What could not be looked at is unknown, never well.
 *
 * @param names that lead people there, in full
 */
record StandbyLook(Target target, List<String> names, Hosts hosts, Secrets secrets, Instant now) {
    /**
     * @param checks what proves the target, with their placeholders
     */
    Readiness look(Ledger ledger, List<String> checks) {
        var parts = new ArrayList<Part>();
        settings()
                .textIfAny("compose")
                .map(Path::of)
                .ifPresent(folder -> onHost(folder, isLedAway(ledger), parts));
        List<String> lines = CheckLines.of(target, checks, "", "");
        for (String address : addresses(ledger)) {
            var place = new Place(address, names, settings(), secrets);
            parts.add(part(Phrase.of("the service at {0}", address), () -> place.serves(lines)));
            if (isSecure()) {
                parts.add(
                        part(
                                Phrase.of("the certificate at {0}", address),
                                () -> place.certificate(now)));
            }
        }
        return new Readiness(parts);
    }

    private Settings settings() {
        return target.settings();
    }

    private boolean isSecure() {
        return settings().url("url").filter(url -> "https".equals(url.getScheme())).isPresent();
    }

    private void onHost(Path folder, boolean isLedAway, List<Part> parts) {
        Part machine = machine(folder);
        if (!target.isHere()) {
            parts.add(machine);
        }
        var look = new OnHost(machine.state() == State.WELL, folder, parts);
        look.at(Phrase.of("what runs in {0}", folder), StandbyProject::runs);
        look.at(Phrase.of("what is written in {0}", folder), StandbyProject::isAsWritten);
        look.at(Phrase.of("the disk of {0}", folder), StandbyProject::room);
        List<String> alone = settings().texts("standby-watch.alone");
        if (isLedAway && !alone.isEmpty()) {
            look.at(Phrase.of("what may run once only"), project -> project.alone(alone));
        }
        settings()
                .textIfAny("standby-watch.data")
                .map(Path::of)
                .ifPresent(data ->
                        look.at(
                                Phrase.of("the age of {0}", data),
                                project -> project.isYounger(data, age(), now)));
    }

    private Duration age() {
        return settings().duration("standby-watch.data-age");
    }

    /** Who cannot be reached now cannot be started in need either. */
    private Part machine(Path folder) {
        Phrase what = Phrase.of("the machine {0}", target.host());
        try {
            Host host = hosts.named(target.host());
            return host.exists(folder)
                    ? Part.well(what)
                    : new Part(what, State.UNWELL, Phrase.of("there is no {0}", folder));
        } catch (ProblemException e) {
            return new Part(what, State.UNWELL, e.problem().what());
        }
    }

    private final class OnHost {
        private final boolean isThere;
        private final Path folder;
        private final List<Part> parts;

        OnHost(boolean isThere, Path folder, List<Part> parts) {
            this.isThere = isThere;
            this.folder = folder;
            this.parts = parts;
        }

        void at(Phrase what, Function<StandbyProject, Findings> look) {
            parts.add(
                    isThere
                            ? part(
                                    what,
                                    () ->
                                            look.apply(
                                                    new StandbyProject(
                                                            hosts.named(target.host()), folder)))
                            : new Part(
                                    what,
                                    State.UNKNOWN,
                                    Phrase.of("its machine cannot be reached")));
        }
    }

    /** Whether people are led elsewhere now, as far as anybody has seen. */
    private boolean isLedAway(Ledger ledger) {
        Set<String> own = Set.copyOf(settings().texts(DnsSettings.STANDBY));
        return ledger.current()
                .map(StandbyLook::addresses)
                .filter(led -> led.stream().noneMatch(own::contains))
                .isPresent();
    }

    /**
     * The standby's, and those that people were led to last before they were led where they are.
     */
    private List<String> addresses(Ledger ledger) {
        var all = new TreeSet<>(settings().texts(DnsSettings.STANDBY));
        Optional<Release> former = ledger.releases().stream().skip(1).findFirst();
        former.map(StandbyLook::addresses).ifPresent(all::addAll);
        return List.copyOf(all);
    }

    private static Set<String> addresses(Release release) {
        try {
            return Records.parse(release.source()).addresses();
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ProblemException _) {
            return Set.of(); // what was not kept is told where somebody wants to go there
        }
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
