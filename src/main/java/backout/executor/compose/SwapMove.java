package backout.executor.compose;

import backout.docker.ContainerSwap;
import backout.docker.Engine;
import backout.docker.Image;
import backout.docker.RestartPolicy;
import backout.docker.SwapOrder;
import backout.docker.SwapReceipt;
import backout.docker.SwapSight;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Replaces the service's container through the engine, without compose: for when compose would
 * touch a dependency as well. The new container carries the labels that compose would give it, so
 * that its next {@code up} leaves it alone.
 */
final class SwapMove implements Move {
    private static final String LABEL = "label:";

    /** Before the keys of the second exchange's receipt, which the way back may need. */
    private static final String BACK = "back:";

    private final Engine engine;
    private final ContainerSwap swap;
    private final ComposeCli cli;
    private final Containers containers;

    SwapMove(Engine engine, ComposeCli cli, Containers containers) {
        this.engine = engine;
        this.swap = new ContainerSwap(engine);
        this.cli = cli;
        this.containers = containers;
    }

    @Override
    public Duration within(Step step) {
        return UpMove.grace(step).plusSeconds(90);
    }

    @Override
    public Present present(Step step, Work work) {
        try {
            return work.kept().flatMap(this::between).orElseGet(() -> containers.present(step));
        } catch (ProblemException e) {
            return Present.Unknown.of(e);
        }
    }

    private Optional<Present> between(Receipt kept) {
        return readBack(kept).map(this::halfBack).orElseGet(() -> halfMoved(read(kept)));
    }

    /** Compose would take the one that is still there for the service's own. */
    private Optional<Present> halfMoved(SwapReceipt first) {
        SwapSight sight = swap.look(first);
        return sight.old()
                .filter(_ -> first.isOfCompose() && sight.stage() == SwapSight.Stage.STARTED)
                .map(old -> new Present.Between(Phrase.of("{0} is still there", old.name())));
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
        if (work.kept().map(SwapMove::read).filter(this::isOver).isPresent()) {
            return Phrase.of("was done already");
        }
        SwapOrder order = order(step, work);
        SwapReceipt receipt = work.kept().map(SwapMove::read).orElseGet(() -> keep(order, work));
        swap.forward(order, receipt, UpMove.grace(step));
        if (receipt.isOfCompose()) {
            swap.keep(receipt);
            Duration took = before.minus(work.by().left());
            return containers.nextUp(cli).leavesAlone(Project.of(step))
                    ? Phrase.of("{0}; the next docker compose up leaves it alone", took)
                    : Phrase.of("{0}; the next docker compose up would make it anew", took);
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
        work.keep(write(receipt));
        return receipt;
    }

    private SwapOrder order(Step step, Work work) {
        Project project = Project.of(step);
        Image image = engine.images().find(step.to()).orElseThrow(() -> gone(step));
        var model = new Model(cli.config(project).json());
        var labels = new LinkedHashMap<>(Map.of(Discovery.IMAGE, image.id()));
        if (isExact(step)) {
            labels.put(Discovery.HASH, hash(project, model));
        }
        return new SwapOrder(
                work.tag().replace('/', '-'),
                step.need("container"),
                image.id(),
                step.need("image"),
                labels,
                new EngineWay(engine, model).own(project.service()));
    }

    private String hash(Project project, Model model) {
        return cli.hashes(project, model.asMade(containers.of(project), Map.of()))
                .getOrDefault(project.service(), "");
    }

    /**
     * What the files say otherwise is not in the new container: it keeps the former label then, by
     * which compose sees that.
     */
    private static boolean isExact(Step step) {
        return Boolean.parseBoolean(step.with().getOrDefault("exact", "true"));
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
        SwapReceipt kept = read(receipt.get());
        Optional<SwapReceipt> begun = readBack(receipt.get());
        if (begun.isEmpty() && !isOver(kept)) {
            swap.back(kept, UpMove.grace(step));
            startWhereItWasDown(kept);
            return Phrase.of("the former container runs again");
        }
        SwapOrder reverse = kept.reverse(kept.op() + "-back");
        SwapReceipt second = begun.orElseGet(() -> keepBack(reverse, receipt.get(), work));
        if (!isOver(second)) {
            swap.forward(reverse, second, UpMove.grace(step));
            swap.keep(second);
        }
        return Phrase.of("a container as the former one runs");
    }

    /** Beside the first receipt: after a kill the second exchange must be finished, not begun. */
    private SwapReceipt keepBack(SwapOrder reverse, Receipt first, Work work) {
        SwapReceipt second = swap.prepare(reverse);
        var both = new LinkedHashMap<>(first.kept());
        write(second).kept().forEach((key, value) -> both.put(BACK + key, value));
        work.keep(new Receipt(both));
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
        swap.keep(read(receipt.get()));
        return Phrase.of("the former container is removed, its volumes stay");
    }

    @Override
    public List<Phrase> byHand(Step step, Optional<Receipt> receipt) {
        return cli.byHand(new SwapByHand(swap, cli, step).lines(receipt));
    }

    /** No shell can swap as this does: compose makes that container alone, as the files say. */
    @Override
    public Script script(Step step) {
        return new ShellUp(cli, step, List.of("--no-deps"))
                .script()
                .noting(
                        Phrase.of(
                                "It makes {0} without what it depends on, by which compose tells it"
                                        + " from its own: the next docker compose up makes it anew"
                                        + " once more.",
                                step.need("container")));
    }

    private static Receipt write(SwapReceipt receipt) {
        var kept = new LinkedHashMap<String, String>();
        kept.put("op", receipt.op());
        kept.put("container", receipt.container());
        kept.put("old-id", receipt.oldId());
        kept.put("old-image", receipt.oldImageId());
        kept.put("old-image-name", receipt.oldImageName());
        kept.put("restart", receipt.restartPolicy().name());
        kept.put("restart-most", Integer.toString(receipt.restartPolicy().maximumRetries()));
        kept.put("was-running", Boolean.toString(receipt.wasRunning()));
        kept.put("of-compose", Boolean.toString(receipt.isOfCompose()));
        kept.put("own", String.join("\n", receipt.own()));
        receipt.replacedLabels().forEach((label, value) -> kept.put(LABEL + label, value));
        return new Receipt(kept);
    }

    static Optional<SwapReceipt> readBack(Receipt receipt) {
        var kept = new LinkedHashMap<String, String>();
        receipt.kept()
                .forEach((key, value) -> {
                    if (key.startsWith(BACK)) {
                        kept.put(key.substring(BACK.length()), value);
                    }
                });
        return kept.isEmpty() ? Optional.empty() : Optional.of(read(new Receipt(kept)));
    }

    static SwapReceipt read(Receipt receipt) {
        var labels = new LinkedHashMap<String, String>();
        receipt.kept()
                .forEach((key, value) -> {
                    if (key.startsWith(LABEL)) {
                        labels.put(key.substring(LABEL.length()), value);
                    }
                });
        return new SwapReceipt(
                need(receipt, "op"),
                need(receipt, "container"),
                need(receipt, "old-id"),
                need(receipt, "old-image"),
                need(receipt, "old-image-name"),
                new RestartPolicy(
                        need(receipt, "restart"), Integer.parseInt(need(receipt, "restart-most"))),
                Boolean.parseBoolean(need(receipt, "was-running")),
                labels,
                Boolean.parseBoolean(need(receipt, "of-compose")),
                receipt.value("own").stream()
                        .flatMap(String::lines)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static String need(Receipt receipt, String key) {
        return receipt.value(key)
                .orElseThrow(() -> new IllegalStateException("the receipt has no " + key));
    }
}
