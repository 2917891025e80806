package backout.executor.compose;

import backout.command.Invocation;
import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.ImageName;
import backout.docker.ImageReleases;
import backout.docker.Registries;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Chooser;
import backout.plan.Chosen;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Release;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Deadline;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Looks at everything and makes the plan. Reads only. */
final class Planner {
    private final Engine engine;
    private final ComposeCli cli;
    private final Discovery discovery;
    private final ProjectFiles files;
    private final Snapshots snapshots;
    private final Preflight preflight;
    private final SharedFiles shared;
    private final Registries registries;
    private final Footing footing;

    Planner(
            Engine engine,
            Host host,
            ComposeCli cli,
            ProjectFiles files,
            Snapshots snapshots,
            Preflight preflight,
            Registries registries,
            Footing footing) {
        this.engine = engine;
        this.cli = cli;
        this.discovery = new Discovery(engine, host);
        this.files = files;
        this.snapshots = snapshots;
        this.preflight = preflight;
        this.shared = new SharedFiles(engine, discovery, files);
        this.registries = registries;
        this.footing = footing;
    }

    Plan plan(
            Target target,
            Invocation wanted,
            Ledger ledger,
            Together together,
            Instant now,
            Deadline by) {
        Scene scene = look(target, () -> snapshots.project(target, ledger));
        Plan.Shown from = shownFrom(ledger, scene);
        // what is down may be brought up again as it was, but is not chosen
        boolean again = scene.isDown() && wanted.value("release").isPresent();
        String current = again ? "" : from.identity();
        var releases = new ImageReleases(engine, registries, target, ledger, current, now);
        var chooser = new Chooser(target, ledger, current, releases);
        var finder = new Members(engine, scene, files, releases);
        Chosen choice =
                wanted.value("release")
                        .map(chooser::named)
                        .orElseGet(() ->
                                chooser.choose(it ->
                                        together.objections(going(scene, wanted, finder, it))));
        choice = wanted.has("with-its-files") ? choice : finder.written(choice);
        FileChange change = fileChange(scene.project(), wanted, choice);
        List<Member> members = finder.of(choice, change.images());
        mayGo(wanted, members, finder, choice);
        together.mustBeFree(members);
        var prospect = new Prospect(scene, wanted, choice, members, change, savedPaths(scene));
        Findings findings = preflight.look(prospect, by);
        if (!findings.red().isEmpty()) {
            throw new ProblemException(findings.red());
        }
        var foresight = Foresight.look(engine, cli, files, prospect);
        var switching = new Switching(engine, scene, members, foresight.anew());
        findings = findings.and(foresight.findings(switching));
        if (!findings.red().isEmpty()) {
            throw new ProblemException(findings.red());
        }
        var warnings = new ArrayList<>(choice.warnings());
        warnings.addAll(together.told(members));
        warnings.addAll(findings.told());
        warnings.addAll(change.notes());
        warnings.addAll(switching.warnings());
        warnings.addAll(finder.over());
        warnings.addAll(Built.warnings(scene.model(), members));
        warnings.addAll(Pulled.warnings(scene.model(), members));
        warnings.addAll(shared.warnings(scene.project(), change));
        warnings.addAll(warnings(ledger, choice));
        var footed = footing.of(scene, members, foresight.edits());
        var steps = new Steps(target, members, wanted, footed);
        List<Step> all = steps.prepare(prospect.saved(), findings.unsaved());
        if (!change.isNothing()) {
            all.add(steps.file(change));
        }
        members.stream()
                .filter(member -> !member.isThereAlready())
                .forEach(member -> all.add(steps.container(member, switching.way(member))));
        return new Plan(
                        target.name(),
                        wanted.command().name(),
                        from,
                        new Plan.Shown(
                                choice.identity(),
                                choice.release().name(),
                                Phrase.verbatim(choice.source())),
                        choice.why(),
                        all,
                        undoOrder(all, switching.swapsAll()),
                        checks(target, wanted, choice, members, switching),
                        Facts.of(prospect, findings.unsaved(), switching),
                        warnings,
                        List.of(
                                Phrase.of(
                                        "what version {0} wrote into data stays written",
                                        from.name())))
                .moving(together.along(members));
    }

    private List<Member> going(Scene scene, Invocation wanted, Members finder, Chosen choice) {
        Chosen written = wanted.has("with-its-files") ? choice : finder.written(choice);
        return finder.of(written, fileChange(scene.project(), wanted, written).images());
    }

    /**
     * @param known where the project is when it has no container to tell
     */
    Scene look(Target target, Supplier<Optional<Project>> known) {
        Optional<ContainerSummary> there = discovery.find(target);
        Project found =
                there.map(discovery::project).or(known).orElseThrow(() -> Discovery.none(target));
        ComposeCli.Config config = cli.config(found);
        var model = new Model(config.json());
        List<ContainerSummary> containers = discovery.containers(found.name());
        var profiles = new TreeSet<>(files.profiles(found));
        profiles.addAll(model.profiles(services(containers)));
        Project project = found.withProfiles(List.copyOf(profiles));
        ContainerSummary container =
                there.orElseGet(() -> Scene.noContainer(project, model.image(project.service())));
        return new Scene(
                target,
                project,
                model.withProfiles(project.profiles()),
                config.warnings(),
                container,
                containers);
    }

    /** A container that is not there cannot tell what it writes to; the files can. */
    private List<String> savedPaths(Scene scene) {
        List<String> named = scene.target().settings().texts("backup.paths");
        return !named.isEmpty() || !scene.isDown()
                ? named
                : scene.model().folders(scene.project().service()).stream()
                        .filter(path -> Path.of(path).startsWith(scene.project().directory()))
                        .filter(path -> files.exists(Path.of(path)))
                        .toList();
    }

    /** Whoever asks for one service alone is not given several, or another. */
    private static void mayGo(
            Invocation wanted, List<Member> members, Members finder, Chosen choice) {
        Optional<String> only = wanted.value("service");
        if (only.isEmpty()) {
            return;
        }
        String own = finder.service();
        if (!only.get().equals(own)) {
            throw Problem.stop(
                    Phrase.of("this target is service {0}, not {1}", own, only.get()),
                    Phrase.of("write only {0}, or leave it out", own));
        }
        if (members.size() > 1) {
            throw finder.notAlone(wanted, members, choice);
        }
    }

    private static List<Phrase> warnings(Ledger ledger, Chosen choice) {
        var warnings = new ArrayList<Phrase>();
        if (choice.release().version().isEmpty()) {
            warnings.add(
                    Phrase.of(
                            "nobody knows which version {0} reports, so its version is not"
                                    + " compared",
                            choice.release().name()));
        }
        ledger.lock()
                .ifPresent(lock ->
                        warnings.add(
                                Phrase.of(
                                        "the target is locked since run {0}; this renews it",
                                        lock.run())));
        return warnings;
    }

    private static List<String> checks(
            Target target,
            Invocation wanted,
            Chosen choice,
            List<Member> members,
            Switching switching) {
        var lines = new ArrayList<>(choice.checks(target, wanted.command().checksFor(target)));
        Duration within = target.settings().duration("start-within");
        members.stream()
                .filter(member -> !member.service().equals(target.settings().text("service")))
                .flatMap(member -> member.checks(within).stream())
                .forEach(lines::add);
        lines.addAll(switching.checks(within));
        return lines;
    }

    private static Set<String> services(List<ContainerSummary> containers) {
        return containers.stream()
                .map(container -> container.labels().getOrDefault(Discovery.SERVICE, ""))
                .collect(Collectors.toSet());
    }

    private FileChange fileChange(Project project, Invocation wanted, Chosen choice) {
        return wanted.has("with-its-files")
                ? snapshots.change(project, choice)
                : FileChange.edit(files.edit(project, choice.source()), project.directory());
    }

    private static Plan.Shown shownFrom(Ledger ledger, Scene scene) {
        ContainerSummary container = scene.container();
        Optional<Release> last = ledger.current();
        if (scene.isDown() && last.isPresent()) {
            return new Plan.Shown(
                    last.get().id(),
                    last.get().name(),
                    Phrase.of("it has no container now, last seen {0}", last.get().lastSeen()));
        }
        var known = ledger.release(container.imageId());
        String name = known.map(release -> release.name()).orElse(container.image());
        Phrase age =
                known.map(release ->
                                Phrase.of(
                                        "first seen {0}, {1}",
                                        release.firstSeen(), container.image()))
                        .orElse(Phrase.verbatim(container.image()));
        return new Plan.Shown(container.imageId(), name, age);
    }

    /** Whether its files could name another release at all. */
    Optional<Problem> obstacle(Target target, Ledger ledger) {
        try {
            Scene scene = look(target, () -> snapshots.project(target, ledger));
            ImageName image = ImageName.parse(target.settings().texts("images").getFirst());
            var _ = files.edit(scene.project(), image.withTag("backout").toString());
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e.problem());
        }
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

    Project project(Target target) {
        return look(target, Optional::empty).project();
    }
}
