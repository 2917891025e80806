package backout.docker;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Exchanges a container by one from another image, and back. The old container is kept, stopped,
 * until {@link #keep}.
 *
 * <p>Each step may be called again after it was cut off anywhere: what is done already is success.
 * The receipt must be kept safe before the first step; {@link #look} tells from the engine alone
 * how far things are.
 */
public final class ContainerSwap {
    private final Engine engine;

    public ContainerSwap(Engine engine) {
        this.engine = engine;
    }

    /**
     * Reads only: what the way back will need.
     *
     * @throws ProblemException when this container cannot be exchanged
     */
    public SwapReceipt prepare(SwapOrder order) {
        var inspected =
                engine.inspect(order.container())
                        .filter(json -> ContainerState.of(json).name().equals(order.container()))
                        .orElseThrow(() -> absent(order.container()));
        new SwapRefusals(engine, inspected).check(order);
        var state = ContainerState.of(inspected);
        return new SwapReceipt(
                order.op(),
                order.container(),
                state.id(),
                state.imageId(),
                state.image(),
                state.restartPolicy(),
                state.isRunning(),
                replaced(state.labels(), order),
                state.labels().containsKey(SwapReceipt.COMPOSE),
                order.own());
    }

    /** Reads only: why this container cannot be exchanged, whichever image it is to get. */
    public List<Problem> refusals(String container) {
        var inspected = engine.inspect(container).orElseThrow(() -> absent(container));
        return new SwapRefusals(engine, inspected).ofContainer();
    }

    /**
     * All steps. The service is down from the third step's stop to the new container's readiness.
     */
    public void forward(SwapOrder order, SwapReceipt receipt, Duration grace) {
        setAside(receipt);
        create(order, receipt);
        stopOld(receipt, grace);
        startNew(receipt);
    }

    /**
     * First step: the old container gives its name free. It goes on serving, unless it is crashing
     * again and again: then it is stopped here.
     */
    public void setAside(SwapReceipt receipt) {
        var old = old(receipt);
        if (old.name().equals(receipt.container())) {
            rename(receipt);
        }
    }

    /** Between two crashes a container has no network sandbox, and docker gives it no new name. */
    private void rename(SwapReceipt receipt) {
        try {
            engine.rename(receipt.oldId(), receipt.asideName());
        } catch (ProblemException e) {
            if (!e.problem().what().toString().contains("sandbox")) {
                throw e;
            }
            stopOld(receipt, Duration.ZERO);
            engine.rename(receipt.oldId(), receipt.asideName());
        }
    }

    /**
     * Second step: the new container, with all its networks, not started. The old one goes on
     * serving.
     */
    public void create(SwapOrder order, SwapReceipt receipt) {
        var recipe = recipe(order, receipt);
        var there = fresh(receipt);
        var id =
                there.isPresent()
                        ? there.get().id()
                        : engine.create(receipt.container(), recipe.body());
        if (there.flatMap(ContainerState::startedAt).isPresent()) {
            return;
        }
        try {
            connect(id, recipe);
            mustRun(order, id);
        } catch (ProblemException e) {
            // A half-connected container must not be started by anybody; clean-up must not hide
            // why.
            remove(id, e);
            throw e;
        }
    }

    /**
     * Third step: the service is down from here on.
     *
     * @param grace between the container's stop signal and the kill
     */
    public void stopOld(SwapReceipt receipt, Duration grace) {
        // Or a restart of the engine would start both.
        engine.restartPolicy(receipt.oldId(), RestartPolicy.NO);
        engine.stop(receipt.oldId(), grace);
    }

    /**
     * Fourth step. A new container that was started before is not started again: its end is a
     * finding.
     */
    public void startNew(SwapReceipt receipt) {
        var fresh = fresh(receipt).orElseThrow(() -> absent(receipt.container()));
        if (fresh.startedAt().isEmpty()) {
            engine.start(fresh.id());
        }
    }

    /**
     * Undoes whatever was done. The new container is removed, and its log with it: read it before.
     *
     * @param grace for the new container
     * @throws ProblemException when there is no way back; nothing was changed then
     */
    public void back(SwapReceipt receipt, Duration grace) {
        var old = old(receipt);
        var fresh = fresh(receipt);
        if (fresh.isPresent()) {
            engine.stop(fresh.get().id(), grace);
        } else {
            mustBeFree(receipt, old);
        }
        // What runs under its name must need nothing more: who looks after a kill takes it for
        // done.
        engine.restartPolicy(receipt.oldId(), receipt.restartPolicy());
        // Before the names are put right: they cost time, and nobody is served yet.
        if (receipt.wasRunning()) {
            engine.start(receipt.oldId());
        }
        fresh.ifPresent(container -> engine.remove(container.id()));
        if (!old.name().equals(receipt.container())) {
            engine.rename(receipt.oldId(), receipt.container());
        }
    }

    /**
     * Gives the way back up: removes the old container, never its volumes. Removed already is
     * success.
     *
     * @throws ProblemException when the new container is not there, or the old one runs
     */
    public void keep(SwapReceipt receipt) {
        if (fresh(receipt).isEmpty()) {
            throw absent(receipt.container());
        }
        engine.remove(receipt.oldId());
    }

    /** How far it is. Reads only. */
    public SwapSight look(SwapReceipt receipt) {
        var old = engine.stateOf(receipt.oldId());
        var fresh = fresh(receipt);
        return new SwapSight(stage(receipt, old, fresh), old, fresh);
    }

    private SwapSight.Stage stage(
            SwapReceipt receipt, Optional<ContainerState> old, Optional<ContainerState> fresh) {
        if (old.isEmpty()) {
            return fresh.isPresent() ? SwapSight.Stage.KEPT : SwapSight.Stage.LOST;
        }
        if (fresh.isPresent()) {
            return fresh.get().startedAt().isPresent()
                    ? SwapSight.Stage.STARTED
                    : old.get().isRunning() ? SwapSight.Stage.CREATED : SwapSight.Stage.STOPPED;
        }
        if (old.get().name().equals(receipt.container())) {
            return SwapSight.Stage.UNTOUCHED;
        }
        return named(receipt.container()).isPresent()
                ? SwapSight.Stage.LOST
                : SwapSight.Stage.SET_ASIDE;
    }

    private Recipe recipe(SwapOrder order, SwapReceipt receipt) {
        var inspected =
                engine.inspect(receipt.oldId()).orElseThrow(() -> absent(receipt.asideName()));
        var image =
                engine.images()
                        .find(receipt.oldImageId())
                        .orElseThrow(() ->
                                SwapRefusals.noDefaults(
                                        receipt.container(), receipt.isOfCompose()));
        var recipe = Recipe.of(inspected, image.config(), order, engine.api());
        // The kept container may have lost its own by now
        recipe.restartPolicy(receipt.restartPolicy());
        return recipe;
    }

    private static Map<String, String> replaced(Map<String, String> labels, SwapOrder order) {
        var former = new TreeMap<>(labels);
        former.keySet().retainAll(order.labels().keySet());
        return former;
    }

    private void connect(String id, Recipe recipe) {
        var joined =
                engine.inspect(id)
                        .map(json -> json.path("NetworkSettings").path("Networks"))
                        .orElseGet(Json::object);
        for (var network : recipe.connects().entrySet()) {
            if (!joined.has(network.getKey())) {
                engine.connect(network.getKey(), id, network.getValue());
            }
        }
    }

    /** Between the look at the image's name and the creation somebody may have moved the name. */
    private void mustRun(SwapOrder order, String id) {
        var imageId = engine.stateOf(id).map(ContainerState::imageId);
        if (!imageId.equals(Optional.of(order.imageId()))) {
            throw SwapRefusals.movedName(
                    order,
                    imageId.map(other -> Phrase.of("{0}", other))
                            .orElseGet(() -> Phrase.of("nothing")));
        }
    }

    private void remove(String id, ProblemException because) {
        try {
            engine.remove(id);
        } catch (ProblemException e) {
            because.addSuppressed(e);
        }
    }

    private ContainerState old(SwapReceipt receipt) {
        return engine.stateOf(receipt.oldId())
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of(
                                        "the former container {0} is gone: there is nothing"
                                                + " to go back to",
                                        receipt.asideName()),
                                receipt.container(),
                                Phrase.of("Roll back to another release instead")));
    }

    /** The new container: of that name and made by this very exchange. */
    private Optional<ContainerState> fresh(SwapReceipt receipt) {
        return named(receipt.container())
                .filter(state -> receipt.op().equals(state.labels().get(Recipe.OP)))
                .filter(state -> !state.id().equals(receipt.oldId()));
    }

    /** The engine also takes the beginning of an id for a name. */
    private Optional<ContainerState> named(String name) {
        return engine.stateOf(name).filter(state -> state.name().equals(name));
    }

    private void mustBeFree(SwapReceipt receipt, ContainerState old) {
        if (!old.name().equals(receipt.container()) && named(receipt.container()).isPresent()) {
            throw Problem.stop(
                    Phrase.of(
                            "something else made a container of this name meanwhile; the"
                                    + " former one is {0}",
                            old.name()),
                    receipt.container(),
                    Phrase.of("Stop whatever made it, remove it, and try again"));
        }
    }

    private static ProblemException absent(String container) {
        return Problem.stop(
                Phrase.of("there is no container {0} to be exchanged", container),
                Phrase.of("Check with: docker ps --all"));
    }
}
