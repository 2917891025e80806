package backout.executor.compose;

import backout.archive.Unsaved;
import backout.command.Invocation;
import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.ImageName;
import backout.docker.ImageReleases;
import backout.docker.Registries;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Chosen;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Release;
import backout.plan.Releases;
import backout.plan.Step;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Deadline;
import backout.run.Draft;
import backout.run.Findings;
import backout.run.Outlook;
import backout.run.Preflight;
import backout.run.Request;

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
import java.util.stream.Stream;

/** Looks at everything and makes the plan. Reads only. */
final class Planner {
    private final Engine engine;
    private final Host host;
    private final ComposeCli cli;
    private final Discovery discovery;
    private final ProjectFiles files;
    private final Snapshots snapshots;
    private final Preflight<Prospect> preflight;
    private final SharedFiles shared;
    private final Registries registries;
    private final Footing footing;

    Planner(
            Engine engine,
            Host host,
            ComposeCli cli,
            ProjectFiles files,
            Snapshots snapshots,
            Preflight<Prospect> preflight,
            Registries registries,
            Footing footing) {
        this.engine = engine;
        this.host = host;
        this.cli = cli;
        this.discovery = new Discovery(engine, host);
        this.files = files;
        this.snapshots = snapshots;
        this.preflight = preflight;
        this.shared = new SharedFiles(engine, discovery, files);
        this.registries = registries;
        this.footing = footing;
    }

    Outlook look(Request request, Instant now, Deadline by) {
        Target target = request.target();
        Scene scene = look(target, () -> snapshots.project(target, request.ledger()));
        Plan.Shown from = shownFrom(request.ledger(), scene);
        String current = request.current(from, scene.isDown());
        var releases =
                new ImageReleases(engine, registries, target, request.ledger(), current, now);
        return new Seen(request, scene, from, releases, by);
    }

    /** What was found, and what can be made of it. */
    private final class Seen implements Outlook {
        private final Request request;
        private final Scene scene;
        private final Plan.Shown from;
        private final ImageReleases releases;
        private final Members finder;
        private final Together together;
        private final Deadline by;

        Seen(Request request, Scene scene, Plan.Shown from, ImageReleases releases, Deadline by) {
            this.request = request;
            this.scene = scene;
            this.from = from;
            this.releases = releases;
            this.finder = new Members(engine, scene, files, releases);
            this.together = new Together(request.kin());
            this.by = by;
        }

        @Override
        public Plan.Shown from() {
            return from;
        }

        @Override
        public boolean isDown() {
            return scene.isDown();
        }

        @Override
        public Releases releases() {
            return releases;
        }

        @Override
        public List<Phrase> objections(Chosen choice) {
            Chosen written = written(choice);
            return together.objections(finder.of(written, change(written).images()));
        }

        /** With its files it is named as they name it. */
        private Chosen written(Chosen choice) {
            return request.wanted().has("with-its-files") ? choice : finder.written(choice);
        }

        private FileChange change(Chosen choice) {
            return request.wanted().has("with-its-files")
                    ? snapshots.change(scene.project(), choice)
                    : FileChange.edit(
                            files.edit(scene.project(), choice.source()),
                            scene.project().directory());
        }

        @Override
        public Draft draft(Chosen chosen) {
            Chosen choice = written(chosen);
            FileChange change = change(choice);
            List<Member> members = finder.of(choice, change.images());
            mayGo(request.wanted(), members, finder, choice);
            together.mustBeFree(members);
            var prospect =
                    new Prospect(
                            scene, request.wanted(), choice, members, change, savedPaths(scene));
            Findings before = preflight.look(scene.target().name(), prospect, by).orStop();
            var foresight = Foresight.look(engine, cli, files, prospect);
            var switching = new Switching(engine, scene, members, foresight.anew());
            Findings findings = before.and(foresight.findings(switching)).orStop();
            var unsaved = Unsaved.of(findings);
            var footed = footing.of(scene, members, foresight.edits());
            var steps = new Steps(scene.target(), members, request.wanted(), footed);
            List<Step> all = steps.of(prospect, unsaved, switching);
            List<String> checks = checks(members, switching);
            return new Draft(
                    choice,
                    all,
                    // compose needs the former file before it makes the former container
                    switching.swapsAll() ? Draft.Undo.LAST_FIRST : Draft.Undo.FIRST_FIRST,
                    checks,
                    finder.afterUndo(all, checks),
                    Facts.of(prospect, unsaved, switching),
                    warnings(prospect, findings, switching),
                    together.along(members));
        }

        private List<String> checks(List<Member> members, Switching switching) {
            Duration within = scene.target().settings().duration("start-within");
            return Stream.concat(
                            members.stream()
                                    .filter(member -> !member.service().equals(finder.service()))
                                    .flatMap(member -> member.checks(within).stream()),
                            switching.checks(within).stream())
                    .toList();
        }

        private List<Phrase> warnings(Prospect prospect, Findings findings, Switching switching) {
            List<Member> members = prospect.members();
            var warnings = new ArrayList<>(together.told(members));
            warnings.addAll(findings.told());
            warnings.addAll(prospect.change().notes());
            warnings.addAll(switching.warnings());
            warnings.addAll(finder.over());
            warnings.addAll(Built.warnings(scene.model(), members));
            warnings.addAll(Pulled.warnings(scene.model(), members));
            warnings.addAll(shared.warnings(scene.project(), prospect.change()));
            return warnings;
        }
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

    private static Set<String> services(List<ContainerSummary> containers) {
        return containers.stream()
                .map(container -> container.labels().getOrDefault(Discovery.SERVICE, ""))
                .collect(Collectors.toSet());
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
        return ledger.shown(container.imageId(), container.image());
    }

    /** What would stop a rollback to any release, whichever it is. */
    Optional<Problem> obstacle(Target target, Ledger ledger) {
        try {
            Scene scene = look(target, () -> snapshots.project(target, ledger));
            ImageName image = ImageName.parse(target.settings().texts("images").getFirst());
            var edited = files.edit(scene.project(), image.withTag("backout").toString());
            var going = edited.images().keySet();
            var releases = new ImageReleases(engine, registries, target, ledger, "", Instant.EPOCH);
            new Members(engine, scene, files, releases).mustBeSingle(going);
            WayFinder.mustHaveOne(engine, scene, going);
            return WriteLook.unwritable(host, FileChange.edit(edited, scene.project().directory()))
                    .stream()
                    .findFirst();
        } catch (ProblemException e) {
            return Optional.of(e.problem());
        }
    }

    Project project(Target target) {
        return look(target, Optional::empty).project();
    }
}
