package backout.executor.source;

import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Step;
import backout.problem.ProblemException;
import backout.run.Move;
import backout.run.Pause;
import backout.run.Present;
import backout.run.Receipt;
import backout.run.Script;
import backout.run.Work;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The downtime: whoever runs the service stops it, the link is turned from one release to another,
 * and it is started again out of that one. Nothing is deleted, so the way back is the same in
 * seconds.
 */
final class SwitchMove implements Move {
    private static final Duration START = Duration.ofSeconds(60);

    private final Host host;
    private final Services services;

    SwitchMove(Host host, Pause pause) {
        this.host = host;
        this.services = new Services(host, pause);
    }

    @Override
    public Duration within(Step step) {
        return stop(step).multipliedBy(2).plus(START).plusSeconds(30);
    }

    private static Duration stop(Step step) {
        return Duration.parse(step.need("stop"));
    }

    private static OptionalInt port(Step step) {
        String port = step.need("port");
        return port.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port));
    }

    private Link link(Step step) {
        return Link.of(host, step);
    }

    @Override
    public Present present(Step step, Work work) {
        try {
            Path there = link(step).leadsTo();
            Optional<Held> held = work.kept().map(Held::read);
            boolean isTo = there.equals(folder(step));
            if (!isTo && !there.equals(link(step).former())) {
                return elsewhere(there);
            }
            boolean isDone =
                    !link(step).isHalf()
                            && held.map(one -> runs(step, one, isTo, there)).orElse(true);
            return isDone
                    ? new Present.At(isTo ? step.to() : step.from())
                    : new Present.Between(
                            Phrase.of("{0} is to be served, and nothing runs yet", there));
        } catch (ProblemException e) {
            return Present.Unknown.of(e);
        }
    }

    private Present elsewhere(Path there) {
        return Layout.commit(host, there)
                .<Present>map(Present.At::new)
                .orElseGet(() -> new Present.Gone(Phrase.of("{0} is served", there)));
    }

    /**
     * What was started has been started, also when it has ended since: checks will tell. What still
     * runs out of the former release may be about to end, for it was told to.
     */
    private boolean runs(Step step, Held held, boolean isTo, Path there) {
        return isTo
                ? held.leg() == Held.Leg.FORTH || services.runs(there, port(step))
                : held.leg() == Held.Leg.BACK;
    }

    private static Path folder(Step step) {
        return Path.of(step.need("folder"));
    }

    @Override
    public Phrase move(Step step, Work work) {
        work.requireTime();
        Duration before = work.by().left();
        Link link = link(step);
        Held held = work.kept().map(Held::read).orElseGet(() -> keep(step, work));
        if (held.leg() == Held.Leg.FORTH && link.leadsTo().equals(folder(step))) {
            return Phrase.of("was done already");
        }
        link.requireRelease(folder(step));
        if (!link.leadsTo().equals(folder(step))) {
            services.stop(held, work.by().atMost(stop(step)));
            work.requireTime();
            link.turn(folder(step));
        }
        Held now = services.start(held, folder(step), work.by().atMost(START));
        work.keep(now.on(Held.Leg.FORTH).receipt());
        return Phrase.of(
                "{0}; the former release stays in {1}",
                before.minus(work.by().left()), link.aside());
    }

    private Held keep(Step step, Work work) {
        Held held = services.hold(link(step), port(step), room(step, work));
        work.keep(held.receipt());
        return held;
    }

    /** What a start needs and nobody may read lies beside the releases. */
    private static Path room(Step step, Work work) {
        return Path.of(step.need("base"))
                .resolve(".backout")
                .resolve("run-" + work.tag().replace('/', '-'));
    }

    @Override
    public Phrase back(Step step, Optional<Receipt> receipt, Work work) {
        if (receipt.isEmpty()) {
            return NOTHING_TO_TAKE_BACK;
        }
        work.requireTime();
        Held held = Held.read(receipt.get());
        Link link = link(step);
        if (held.leg() == Held.Leg.BACK && link.isBack(held.text())) {
            return Phrase.of("was done already");
        }
        services.stop(held, work.by().atMost(stop(step)));
        if (!link.isBack(held.text())) {
            services.stopAll(folder(step), port(step), work.by().atMost(stop(step)));
        }
        work.requireTime();
        link.back(held.text());
        Held now = services.start(held, link.former(), work.by().atMost(START));
        work.keep(now.on(Held.Leg.BACK).receipt());
        return Phrase.of("{0} is served again", link.former());
    }

    @Override
    public Phrase forget(Step step, Optional<Receipt> receipt, Work work) {
        receipt.map(Held::read).ifPresent(services::forget);
        return Phrase.of("the former release stays in {0}", link(step).aside());
    }

    @Override
    public List<Phrase> byHand(Step step, Optional<Receipt> receipt) {
        return new ByHand(host, services, link(step), step, port(step)).lines(receipt);
    }

    @Override
    public Script script(Step step) {
        return new ByHand(host, services, link(step), step, port(step)).script();
    }
}
