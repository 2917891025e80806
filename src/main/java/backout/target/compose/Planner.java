package backout.target.compose;

import backout.command.Invocation;
import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.Image;
import backout.docker.Registries;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Say;
import backout.run.Deadline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at everything and makes the plan. Reads only. */
final class Planner {
    private final Engine engine;
    private final Host host;
    private final ComposeCli cli;
    private final Discovery discovery;
    private final ProjectFiles files;
    private final Snapshots snapshots;
    private final Preflight preflight;
    private final Registries registries;

    Planner(
            Engine engine,
            Host host,
            ComposeCli cli,
            ProjectFiles files,
            Snapshots snapshots,
            Preflight preflight,
            Registries registries) {
        this.engine = engine;
        this.host = host;
        this.cli = cli;
        this.discovery = new Discovery(engine, host);
        this.files = files;
        this.snapshots = snapshots;
        this.preflight = preflight;
        this.registries = registries;
    }

    Plan plan(Target target, Invocation wanted, Ledger ledger, Instant now, Deadline by) {
        ContainerSummary container = discovery.container(target);
        Project found = discovery.project(container);
        Model model = new Model(cli.config(found));
        List<ContainerSummary> containers = discovery.containers(found.name());
        Project project = found.withProfiles(model.profiles(services(containers)));
        String current = container.imageId();
        Choice choice = choose(target, wanted, ledger, current, now);
        Drift drift = Drift.look(engine, project.service(), model, cli.hashes(project), containers);
        boolean swap = swaps(target, drift);
        FileChange change = fileChange(project, wanted, choice);
        var ground = new Ground(target, wanted, project, container, containers, choice, change);
        Findings findings = preflight.look(ground, by);
        if (!findings.red().isEmpty()) {
            throw new ProblemException(findings.red());
        }
        var steps = new Steps(target, project, container, choice, wanted);
        List<Step> all = steps.prepare(findings.unsaved());
        if (!change.isNothing()) {
            all.add(steps.file(change));
        }
        all.add(steps.container(swap));
        var warnings = new ArrayList<>(choice.warnings());
        warnings.addAll(findings.told());
        warnings.addAll(change.notes());
        drift.self()
                .forEach(sentence ->
                        warnings.add(
                                Phrase.of("{0}; those changes come into force too", sentence)));
        if (choice.release().version().isEmpty()) {
            warnings.add(
                    Phrase.of(
                            "nobody knows which version {0} reports, so its version is not"
                                    + " compared",
                            choice.release().name()));
        }
        if (swap) {
            warnings.add(
                    Phrase.of(
                            "the engine replaces this one container, because compose would touch"
                                    + " more: {0}",
                            Phrase.joined("; ", drift.dependencies())));
        }
        ledger.lock()
                .ifPresent(lock ->
                        warnings.add(
                                Phrase.of(
                                        "the target is locked since run {0}; this renews it",
                                        lock.run())));
        return new Plan(
                target.name(),
                wanted.command().name(),
                shownFrom(ledger, container, now),
                new Plan.Shown(
                        choice.identity(),
                        choice.release().name(),
                        Phrase.verbatim(choice.image())),
                choice.why(),
                all,
                undoOrder(all, swap),
                new CheckLines(target, wanted.command().checksFor(target), choice).lines(),
                facts(target, wanted, containers, findings.unsaved()),
                warnings,
                List.of(
                        Phrase.of(
                                "what version {0} wrote into data stays written",
                                shownFrom(ledger, container, now).name())));
    }

    private static Set<String> services(List<ContainerSummary> containers) {
        return containers.stream()
                .map(container -> container.labels().getOrDefault(Discovery.SERVICE, ""))
                .collect(Collectors.toSet());
    }

    private Choice choose(
            Target target, Invocation wanted, Ledger ledger, String current, Instant now) {
        var chooser = new Chooser(engine, registries, target, ledger, current, now);
        Optional<String> named = wanted.value("release");
        return named.isPresent() ? chooser.named(named.get()) : chooser.choose();
    }

    /** Whether the engine replaces the container because compose would do more than that. */
    private static boolean swaps(Target target, Drift drift) {
        return switch (target.settings().text("swap")) {
            case "api" -> true;
            case "auto" -> !drift.dependencies().isEmpty();
            default -> {
                if (drift.dependencies().isEmpty()) {
                    yield false;
                }
                throw new ProblemException(
                        new Problem(
                                Phrase.of(
                                        "compose would not leave the dependencies alone: {0}",
                                        Phrase.joined("; ", drift.dependencies())),
                                target.name().toString(),
                                Phrase.of("bring them up to date first, or write swap: auto")));
            }
        };
    }

    private FileChange fileChange(Project project, Invocation wanted, Choice choice) {
        return wanted.has("with-its-files")
                ? snapshots.change(project, choice)
                : FileChange.edit(files.edit(project, choice.image()), project.directory());
    }

    private Plan.Shown shownFrom(Ledger ledger, ContainerSummary container, Instant now) {
        var known = ledger.release(container.imageId());
        String name = known.map(release -> release.name()).orElse(container.image());
        Phrase age =
                known.map(release ->
                                Phrase.of(
                                        "first seen {0}, {1}",
                                        Say.ago(release.firstSeen(), now), container.image()))
                        .orElse(Phrase.verbatim(container.image()));
        return new Plan.Shown(container.imageId(), name, age);
    }

    /**
     * Compose needs the former file before it makes the former container; a swap goes back in
     * reverse.
     */
    private static List<Integer> undoOrder(List<Step> steps, boolean swap) {
        var order = new ArrayList<Integer>();
        for (int index = 0; index < steps.size(); index++) {
            if (steps.get(index).phase() == Phase.SWITCH) {
                order.add(index);
            }
        }
        return swap ? order.reversed() : order;
    }

    private static List<Plan.Fact> facts(
            Target target, Invocation wanted, List<ContainerSummary> containers, Unsaved unsaved) {
        String drain = Steps.drain(target, wanted);
        List<String> others =
                containers.stream()
                        .map(container -> container.labels().getOrDefault(Discovery.SERVICE, ""))
                        .filter(service -> !service.equals(target.settings().text("service")))
                        .distinct()
                        .sorted()
                        .toList();
        var facts = new ArrayList<Plan.Fact>();
        facts.add(
                new Plan.Fact(
                        Phrase.of("expected downtime"),
                        drain.equals("0s")
                                ? Phrase.of(
                                        "about 0.5 s + the start of the service, requests in flight"
                                                + " are cut off")
                                : Phrase.of(
                                        "about 0.5 s + the start of the service, up to {0} more"
                                                + " while requests in flight end (drain {1})",
                                        drain, drain)));
        facts.add(
                new Plan.Fact(
                        Phrase.of("not touched"),
                        others.isEmpty()
                                ? Phrase.of("there is nothing else")
                                : Phrase.list(others)));
        facts.add(
                new Plan.Fact(
                        Phrase.of("data"),
                        wanted.command().prepare().contains("compose.backup")
                                        && unsaved.parts().isEmpty()
                                ? Phrase.of("not touched; a backup is made first")
                                : Phrase.of("not touched; no backup is made")));
        return facts;
    }

    /** What of the plan's ground no longer holds. */
    List<Phrase> changed(Target target, Plan plan) {
        var reasons = new ArrayList<Phrase>();
        ContainerSummary container = discovery.container(target);
        if (!container.imageId().equals(plan.from().identity())) {
            reasons.add(Phrase.of("another image runs now: {0}", container.image()));
        }
        new PortLook(engine, host)
                .taken(container)
                .forEach(port ->
                        reasons.add(Phrase.of("port {0} is taken by something else now", port)));
        for (Step step : plan.steps()) {
            if (step.action().equals("compose.file")
                    && !FileMove.now(host, step).equals(step.from())) {
                reasons.add(
                        Phrase.of(
                                "the files were edited: {0}",
                                Phrase.list(step.need("paths").lines().toList())));
            }
            if (step.action().equals("compose.up")) {
                reasons.addAll(drifted(target));
            }
            if (step.action().equals("compose.up") || step.action().equals("compose.swap")) {
                moved(step).ifPresent(reasons::add);
            }
        }
        Optional<Image> image = engine.images().find(plan.to().identity());
        if (image.isEmpty()) {
            reasons.add(
                    Phrase.of(
                            "the image of {0} is gone: {1}",
                            plan.to().name(), plan.to().identity()));
        }
        return reasons;
    }

    /** A tag can be given to another image while people decide. */
    private Optional<Phrase> moved(Step step) {
        String name = step.need("image");
        return engine.images()
                .find(name)
                .filter(image -> !name.contains("@") && !image.id().equals(step.to()))
                .map(image -> Phrase.of("{0} means another image now: {1}", name, image.id()));
    }

    private List<Phrase> drifted(Target target) {
        Project found = discovery.project(discovery.container(target));
        Model model = new Model(cli.config(found));
        List<ContainerSummary> containers = discovery.containers(found.name());
        Project project = found.withProfiles(model.profiles(services(containers)));
        return Drift.look(engine, project.service(), model, cli.hashes(project), containers)
                .dependencies();
    }

    Project project(Target target) {
        Project found = discovery.project(discovery.container(target));
        Model model = new Model(cli.config(found));
        return found.withProfiles(model.profiles(services(discovery.containers(found.name()))));
    }
}
