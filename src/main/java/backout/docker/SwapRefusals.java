package backout.docker;

import backout.host.Command;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Why a container cannot be exchanged; all reasons at once. */
final class SwapRefusals {
    private final Engine engine;
    private final JsonNode inspected;
    private final ContainerState state;
    private final boolean isOfCompose;
    private final List<Problem> problems = new ArrayList<>();

    SwapRefusals(Engine engine, JsonNode inspected) {
        this.engine = engine;
        this.inspected = inspected;
        this.state = ContainerState.of(inspected);
        this.isOfCompose = state.labels().containsKey(SwapReceipt.COMPOSE);
    }

    /** Those that hold whichever image it is to get. */
    List<Problem> ofContainer() {
        container();
        neighbours();
        if (engine.images().find(state.imageId()).isEmpty()) {
            problems.add(noDefaults(state.name(), isOfCompose).problem());
        }
        return List.copyOf(problems);
    }

    void check(SwapOrder order) {
        ofContainer();
        image(order);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    private void container() {
        if (inspected.path("HostConfig").path("AutoRemove").asBoolean(false)) {
            add(
                    Phrase.of(
                            "was started with --rm: stopping it deletes it, and there is no way"
                                    + " back"),
                    Phrase.of("Start it once without --rm"));
        }
        if (state.isPaused()) {
            add(Phrase.of("is paused"), Phrase.of("Try: docker unpause {0}", state.name()));
        }
        if (state.labels().containsKey("com.docker.swarm.task.id")) {
            add(
                    Phrase.of("belongs to a swarm service, which would replace it"),
                    Phrase.of("Roll the service back"));
        }
        if (isOurself(state.id())) {
            add(
                    Phrase.of("is the one that Backout runs in"),
                    Phrase.of("Run Backout elsewhere to roll it back"));
        }
    }

    private void neighbours() {
        var guests =
                Guests.look(engine).of(state.id()).stream()
                        .filter(Guest::isLost)
                        .map(guest -> guest.container().name())
                        .toList();
        if (!guests.isEmpty()) {
            add(
                    Phrase.of(
                            "lends its network or processes to {0}, which would lose them",
                            Phrase.list(guests)),
                    isOfCompose
                            ? Phrase.of("Roll it back with compose, which makes those anew too")
                            : Phrase.of(
                                    "Remove those first, and make them anew after the rollback:"
                                            + " docker run --network container:{0} …",
                                    state.name()));
        }
    }

    private void image(SwapOrder order) {
        var named = engine.images().find(order.imageName());
        if (named.isEmpty()) {
            add(
                    Phrase.of("image {0} is not on this machine", order.imageName()),
                    Phrase.of("Pull it first"));
        } else if (!named.get().id().equals(order.imageId())) {
            problems.add(movedName(order, Phrase.of("{0}", named.get().id())).problem());
        } else if (!engine.info().runs(named.get())) {
            add(
                    Phrase.of(
                            "image {0} is made for {1}/{2}, not for this machine",
                            order.imageName(), named.get().os(), named.get().architecture()),
                    Phrase.of("Choose a release that was built for it"));
        }
    }

    /** Without the old image its defaults cannot be told from what the user gave. */
    static ProblemException noDefaults(String container, boolean isOfCompose) {
        return Problem.stop(
                Phrase.of(
                        "its image is no longer on this machine, so what the image gave it"
                                + " cannot be told from what you gave it"),
                container,
                isOfCompose
                        ? Phrase.of(
                                "Roll it back with compose, or pull the image that it runs again")
                        : Phrase.of(
                                "Pull or load the image that it runs again; {0} says which",
                                Command.typed(
                                        List.of(
                                                "docker",
                                                "inspect",
                                                "--format",
                                                "{{.Image}}",
                                                container))));
    }

    static ProblemException movedName(SwapOrder order, Phrase now) {
        return Problem.stop(
                Phrase.of(
                        "image {0} is {1} now, not {2} as planned",
                        order.imageName(), now, order.imageId()),
                order.container(),
                Phrase.of("Make a new plan"));
    }

    private void add(Phrase what, Phrase next) {
        problems.add(new Problem(what, state.name(), next));
    }

    /**
     * The engine mounts a host name file of each container from a folder that is named by its id.
     */
    private static boolean isOurself(String id) {
        try {
            return Files.readString(Path.of("/proc/self/mountinfo"), StandardCharsets.UTF_8)
                    .contains("/containers/" + id + "/hostname");
        } catch (IOException _) {
            // Not a Linux: then we are in no container either.
            return false;
        }
    }
}
