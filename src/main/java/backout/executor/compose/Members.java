package backout.executor.compose;

import backout.command.Invocation;
import backout.docker.ContainerState;
import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.ImageName;
import backout.docker.ImageReleases;
import backout.executor.compose.file.Edited;
import backout.language.Phrase;
import backout.plan.Chosen;
import backout.plan.Releases;
import backout.plan.Step;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out which services go back together because they take their image from the line that has to
 * change, and what each of them then runs.
 */
final class Members {
    private final Engine engine;
    private final Scene scene;
    private final ProjectFiles files;
    private final ImageReleases releases;
    private final List<Phrase> over = new ArrayList<>();

    Members(Engine engine, Scene scene, ProjectFiles files, ImageReleases releases) {
        this.engine = engine;
        this.scene = scene;
        this.files = files;
        this.releases = releases;
    }

    /** What is read after an undo of what goes back beside the target's own service. */
    List<String> afterUndo(List<Step> steps, List<String> checks) {
        return steps.stream()
                .filter(Ground::replaces)
                .filter(step -> !step.need("service").equals(service()))
                .filter(step -> !UpMove.rests(step).contains(step.need("service")))
                .flatMap(step ->
                        checks.stream()
                                .filter(line ->
                                        line.startsWith("container " + step.need("service") + " "))
                                .map(line -> line.replace(step.to(), step.from())))
                .toList();
    }

    /**
     * @throws ProblemException where one of these, which share the line, could not go back with it
     */
    void mustBeSingle(Set<String> services) {
        services.stream().filter(one -> !one.equals(service())).forEach(this::container);
    }

    /** The one that was asked for. */
    String service() {
        return scene.project().service();
    }

    /**
     * The way to write it, in the form that the files have: by digest where that changes this
     * service alone or those of the same repository; where others share the tag, by the tag, which
     * each of them has for itself.
     */
    Chosen written(Chosen choice) {
        ImageName name = ImageName.parse(choice.source());
        Chosen written = choice.as(inForm(name));
        if (name.digest() == null || name.tag() == null) {
            return written;
        }
        ImageName tagged = name.withDigest(null);
        String byTag = inForm(tagged);
        boolean aloneByDigest = edit(written.source()).images().size() == 1;
        if (!aloneByDigest || edit(byTag).images().size() == 1) {
            return written;
        }
        boolean isMeant =
                releases.find(tagged).filter(found -> isSame(found, choice, name)).isPresent();
        if (!isMeant) {
            throw apart(
                    Phrase.of(
                            "{0} share the tag of {1}, and the tag {2} means another image now",
                            Phrase.list(edit(byTag).images().keySet()), service(), tagged));
        }
        return choice.as(byTag);
    }

    private String inForm(ImageName name) {
        return name.like(scene.model().image(service()));
    }

    private static boolean isSame(Releases.Had found, Chosen wanted, ImageName name) {
        return found.identity().equals(wanted.identity())
                || found.identity().endsWith("@" + name.digest());
    }

    private Edited edit(String image) {
        return files.edit(scene.project(), image);
    }

    /** In the order in which they are replaced: what others depend on comes first. */
    List<Member> of(Chosen choice, Map<String, Edited.Change> images) {
        String own = service();
        over.clear();
        var members = new ArrayList<Member>();
        members.add(member(own, scene.container(), choice));
        images.forEach((service, change) -> {
            if (!service.equals(own)) {
                container(service)
                        .filter(it -> !isOver(service, it) && !isLeft(service, it, images.keySet()))
                        .map(it -> member(service, it, choice(service, change)))
                        .ifPresent(members::add);
            }
        });
        return ordered(members);
    }

    /** A job that ended well is not to run because of this. */
    private boolean isOver(String service, ContainerSummary container) {
        boolean isFree =
                scene.model().isAwaitedToEnd(service)
                        || scene.model().dependants(service).isEmpty();
        boolean isOver = isFree && Down.endedWell(engine, container);
        if (isOver) {
            over.add(
                    Phrase.of(
                            "{0} takes its image from the same line and has ended: it is left so,"
                                    + " and is of that release when it runs next",
                            service));
        }
        return isOver;
    }

    /** What somebody stopped stays so, unless one that goes back needs it. */
    private boolean isLeft(String service, ContainerSummary container, Set<String> going) {
        boolean isLeft =
                wasStopped(container)
                        && !wasStopped(scene.container())
                        && scene.model().dependants(service).stream().noneMatch(going::contains);
        if (isLeft) {
            over.add(
                    Phrase.of(
                            "{0} takes its image from the same line and was stopped: it is left so,"
                                    + " and {1} starts it as that release",
                            service,
                            ComposeCli.line(scene.project(), List.of(service), "up", "--detach")));
        }
        return isLeft;
    }

    private boolean wasStopped(ContainerSummary container) {
        return container.state().equals("exited")
                && engine.stateOf(container.id()).filter(ContainerState::wasStopped).isPresent();
    }

    /** Sentences about those that are left as they are; known once the members are. */
    List<Phrase> over() {
        return List.copyOf(over);
    }

    private Member member(String service, ContainerSummary container, Chosen choice) {
        boolean hasHealthCheck =
                !container.id().isEmpty()
                        && engine.stateOf(container.id())
                                .flatMap(ContainerState::health)
                                .isPresent();
        boolean isRoused = !service.equals(service()) && wasStopped(container);
        return new Member(
                scene.project().about(service), container, choice, hasHealthCheck, isRoused);
    }

    private Optional<ContainerSummary> container(String service) {
        List<ContainerSummary> found = scene.of(service);
        if (found.size() > 1) {
            throw problem(
                    Phrase.of(
                            "{0} goes back together with {1} and has {2} containers; this version"
                                    + " rolls back services of one container",
                            service, service(), found.size()),
                    ownLine());
        }
        return scene.isDown() && found.isEmpty()
                ? Optional.of(
                        Scene.noContainer(
                                scene.project().about(service), scene.model().image(service)))
                : found.stream().findFirst();
    }

    private Chosen choice(String service, Edited.Change change) {
        return found(service, change.to())
                .orElseThrow(() ->
                        apart(
                                Phrase.of(
                                        "{0} takes its tag from the same line as {1}, and image {2}"
                                                + " is neither here nor in its registry",
                                        service, service(), change.to())))
                .as(change.to());
    }

    private Optional<Chosen> found(String service, String image) {
        try {
            return releases.find(ImageName.parse(image)).map(Chosen::of);
        } catch (ProblemException e) {
            throw apart(
                    Phrase.of(
                            "{0} takes its tag from the same line as {1}, and image {2} is not"
                                    + " here: {3}",
                            service, service(), image, e.problem().what()));
        }
    }

    private List<Member> ordered(List<Member> members) {
        var left = new ArrayList<>(members);
        var ordered = new ArrayList<Member>();
        while (!left.isEmpty()) {
            Member next =
                    left.stream()
                            .filter(one -> left.stream().noneMatch(other -> needs(one, other)))
                            .findFirst()
                            // compose refuses a circle itself
                            .orElseGet(left::getFirst);
            left.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    private boolean needs(Member one, Member other) {
        return scene.model().dependencies(one.service()).contains(other.service());
    }

    /** Why they cannot go together there, and how this one gets a line of its own. */
    private ProblemException apart(Phrase why) {
        return problem(why, Phrase.of("name another release, or {0}", ownLine()));
    }

    /** Why this one cannot go alone, which no other release would change. */
    ProblemException notAlone(Invocation wanted, List<Member> members, Chosen choice) {
        Phrase all = Phrase.list(members.stream().map(Member::service).toList());
        return wanted.has("with-its-files")
                ? problem(
                        Phrase.of(
                                "only {0} is refused: with its files {1} get other images, so they"
                                        + " go back together",
                                service(), all),
                        Phrase.of(
                                "leave out only {0} to let them go back together, or leave out with"
                                        + " its files",
                                service()))
                : problem(
                        Phrase.of(
                                "only {0} is refused: {1} take their image from the same line, {2},"
                                        + " so they go back together",
                                service(), all, edit(choice.source()).where()),
                        Phrase.of(
                                "leave out only {0} to let them go back together, or {1}",
                                service(), ownLine()));
    }

    /** Where the line of its image is not its own but that of an anchor, it must not be changed. */
    private Phrase ownLine() {
        String image = scene.model().image(service());
        return files.isShared(scene.project())
                ? Phrase.of(
                        "give {0} a line of its own: that one is shared, so write image: {1} below"
                                + " services, {0}, then ask again",
                        service(), image)
                : Phrase.of(
                        "give {0} a line of its own: write image: {1} there, then ask again",
                        service(), image);
    }

    private ProblemException problem(Phrase why, Phrase next) {
        return Problem.stop(why, files.where(scene.project()), next);
    }
}
