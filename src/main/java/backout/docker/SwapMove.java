package backout.docker;

import backout.language.Phrase;
import backout.plan.Step;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Move;
import backout.run.Present;
import backout.run.Receipt;
import backout.run.Script;
import backout.run.Work;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Replaces one container through the engine by one that is as it was but for its image. The former
 * one is kept aside until the run is over, where whoever made it bears that.
 */
public final class SwapMove implements Move {
    /** What only whoever made the container knows. */
    public interface Maker {
        /** How long the container may take to end. */
        Duration grace(Step step);

        /**
         * What of the container there is, without what an exchange under way tells.
         *
         * @throws ProblemException when nobody could look
         */
        Present present(Step step);

        /** What is to be another one than the former container's, besides its image. */
        Difference difference(Step step, Image image);

        /** Said when the new one runs and the former one is removed already. */
        Phrase done(Step step, Duration took);

        /** A docker command for this machine's shell. */
        String typed(List<String> argv);

        /** What makes the container that the step comes from anew, by hand. */
        List<String> anew(Step step);

        /** The same lines as people are told them. */
        List<Phrase> told(List<String> lines);

        /** As {@link Move#script}. */
        Script script(Step step);
    }

    /**
     * @param labels put over the former container's
     * @param own as in {@link SwapOrder}
     */
    public record Difference(Map<String, String> labels, Set<String> own) {}

    private final Engine engine;
    private final ContainerSwap swap;
    private final Maker maker;

    public SwapMove(Engine engine, Maker maker) {
        this.engine = engine;
        this.swap = new ContainerSwap(engine);
        this.maker = maker;
    }

    @Override
    public Duration within(Step step) {
        return maker.grace(step).plusSeconds(90);
    }

    @Override
    public Present present(Step step, Work work) {
        try {
            return work.kept()
                    .flatMap(kept -> between(step, kept))
                    .orElseGet(() -> maker.present(step));
        } catch (ProblemException e) {
            return Present.Unknown.of(e);
        }
    }

    private Optional<Present> between(Step step, Receipt kept) {
        return SwapRecord.readBack(kept)
                .map(this::halfBack)
                .orElseGet(() -> halfMoved(step, SwapRecord.read(kept)));
    }

    /**
     * Where neither end is reached; a container has gone neither way while the other one serves.
     */
    private Optional<Present> halfMoved(Step step, SwapReceipt first) {
        SwapSight sight = swap.look(first);
        return switch (sight.stage()) {
            case SET_ASIDE, CREATED, STOPPED ->
                    sight.old()
                            .map(old ->
                                    new Present.Between(
                                            Phrase.of("the former one is {0}", old.name())));
            case STARTED ->
                    sight.old()
                            .flatMap(old -> sight.fresh().map(now -> begun(step, first, old, now)));
            case UNTOUCHED, KEPT, LOST -> Optional.empty();
        };
    }

    /**
     * Compose would take the one that is still there for the service's own. That the new one has
     * ended since is for the checks to find.
     */
    private Present begun(Step step, SwapReceipt first, ContainerState old, ContainerState now) {
        if (first.isOfCompose()) {
            return new Present.Between(Phrase.of("{0} is still there", old.name()));
        }
        return old.isRunning()
                ? new Present.Between(Phrase.of("{0} still runs", old.name()))
                : new Present.At(engine.images().named(now.imageId(), step.to()));
    }

    /** The exchange that leads back has begun, and what it replaces is not removed yet. */
    private Optional<Present> halfBack(SwapReceipt second) {
        return engine.stateOf(second.oldId())
                .map(old ->
                        new Present.Between(
                                old.isRunning()
                                        ? Phrase.of("on the way back, {0} still runs", old.name())
                                        : Phrase.of(
                                                "on the way back, {0} is still there",
                                                old.name())));
    }

    @Override
    public Phrase move(Step step, Work work) {
        work.requireTime();
        Duration before = work.by().left();
        if (work.kept().map(SwapRecord::read).filter(this::isOver).isPresent()) {
            return Phrase.of("was done already");
        }
        SwapOrder order = order(step, work);
        SwapReceipt receipt = work.kept().map(SwapRecord::read).orElseGet(() -> keep(order, work));
        swap.forward(order, receipt, maker.grace(step));
        if (receipt.isOfCompose()) {
            swap.keep(receipt);
            return maker.done(step, before.minus(work.by().left()));
        }
        return Phrase.of(
                "{0}; the former container is kept as {1}",
                before.minus(work.by().left()), receipt.asideName());
    }

    private boolean isOver(SwapReceipt receipt) {
        return swap.look(receipt).stage() == SwapSight.Stage.KEPT;
    }

    private SwapReceipt keep(SwapOrder order, Work work) {
        SwapReceipt receipt = swap.prepare(order);
        work.keep(SwapRecord.write(receipt));
        return receipt;
    }

    private SwapOrder order(Step step, Work work) {
        Image image = engine.images().find(step.to()).orElseThrow(() -> gone(step));
        Difference differs = maker.difference(step, image);
        return new SwapOrder(
                work.tag().replace('/', '-'),
                step.need("container"),
                image.id(),
                step.need("image"),
                differs.labels(),
                differs.own());
    }

    private static ProblemException gone(Step step) {
        return Problem.stop(
                Phrase.of("the image is gone"), step.to(), Phrase.of("pull or load it again"));
    }

    @Override
    public Phrase back(Step step, Optional<Receipt> receipt, Work work) {
        if (receipt.isEmpty()) {
            return NOTHING_TO_TAKE_BACK;
        }
        work.requireTime();
        SwapReceipt kept = SwapRecord.read(receipt.get());
        Optional<SwapReceipt> begun = SwapRecord.readBack(receipt.get());
        if (begun.isEmpty() && !isOver(kept)) {
            swap.back(kept, maker.grace(step));
            startWhereItWasDown(kept);
            return Phrase.of("the former container runs again");
        }
        SwapOrder reverse = kept.reverse(kept.op() + "-back");
        SwapReceipt second = begun.orElseGet(() -> keepBack(reverse, receipt.get(), work));
        if (!isOver(second)) {
            swap.forward(reverse, second, maker.grace(step));
            swap.keep(second);
        }
        return Phrase.of("a container as the former one runs");
    }

    /** Beside the first receipt: after a kill the second exchange must be finished, not begun. */
    private SwapReceipt keepBack(SwapOrder reverse, Receipt first, Work work) {
        SwapReceipt second = swap.prepare(reverse);
        work.keep(SwapRecord.both(first, second));
        return second;
    }

    /** As compose does it on its way back: what was down before is up after. */
    private void startWhereItWasDown(SwapReceipt kept) {
        if (!kept.wasRunning()) {
            engine.start(kept.oldId());
        }
    }

    @Override
    public Phrase forget(Step step, Optional<Receipt> receipt, Work work) {
        if (receipt.isEmpty()) {
            return Phrase.of("nothing was kept");
        }
        swap.keep(SwapRecord.read(receipt.get()));
        return Phrase.of("the former container is removed, its volumes stay");
    }

    @Override
    public List<Phrase> byHand(Step step, Optional<Receipt> receipt) {
        return maker.told(new SwapByHand(swap, maker, step).lines(receipt));
    }

    @Override
    public Script script(Step step) {
        return maker.script(step);
    }
}
