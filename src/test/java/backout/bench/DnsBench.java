package backout.bench;

import backout.Seat;
import backout.fixture.Await;
import backout.fixture.Bind;
import backout.fixture.Cli;
import backout.run.RunEvent;
import backout.run.RunEvent.Moment;
import backout.story.DnsSite;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * From the press until the primary and its secondary answer alike with the new place, at real BINDs
 * on the loopback. The floor is nsupdate, and dig until both do.
 */
final class DnsBench implements Benchmark {
    private static final String OURS = "pressed until all agree";
    private static final String WHOLE = "asked until proven";
    private static final String FLOOR = "nsupdate and dig";

    private final Figures figures = new Figures();

    @Override
    public List<Goal> run(int rounds, Leavings leavings) throws Exception {
        int port = Await.freePort();
        Bind primary = leavings.add(Bind.telling(port));
        Bind secondary = leavings.add(Bind.secondary(port, primary));
        DnsSite.primary = primary;
        for (int round = 0; round <= rounds; round++) {
            Bench.tell("round", String.valueOf(round), "of", String.valueOf(rounds));
            begin(primary, secondary);
            byHand(primary, secondary);
            begin(primary, secondary);
            ours(primary, secondary);
            if (round == 0) {
                figures.forget();
            }
        }
        Bench.print(figures, "s");
        return List.of(
                new Goal("from the press until all servers agree, s", figures.median(OURS), 1));
    }

    private static void begin(Bind primary, Bind secondary) {
        primary.reset();
        Await.until(
                "both lead to the former place", () -> lead(DnsSite.FORMER, primary, secondary));
    }

    private static boolean lead(String place, Bind... servers) {
        return Stream.of(servers)
                .allMatch(one ->
                        Cli.here()
                                .run(
                                        "dig",
                                        "+short",
                                        "@127.0.0.1",
                                        "-p",
                                        Integer.toString(one.port()),
                                        Bind.ZONE,
                                        "A")
                                .strip()
                                .equals(place));
    }

    private void byHand(Bind primary, Bind secondary) {
        long began = System.nanoTime();
        primary.update(
                "update delete vidfab.test. A", "update add vidfab.test. 60 A " + DnsSite.STANDBY);
        while (!lead(DnsSite.STANDBY, primary, secondary)) {
            Thread.onSpinWait();
        }
        figures.add(FLOOR, (System.nanoTime() - began) / 1e9);
    }

    private void ours(Bind primary, Bind secondary) throws Exception {
        var site = new DnsSite() {};
        try {
            site.write();
            site.target("", primary.address(), secondary.address());
            long began = System.nanoTime();
            Seat seat = site.rollback();
            if (seat.exitCode() != 0 || !lead(DnsSite.STANDBY, primary, secondary)) {
                throw new IllegalStateException("it did not end well:\n" + seat.text());
            }
            figures.add(WHOLE, (System.nanoTime() - began) / 1e9);
            figures.add(OURS, between(site.events()).toMillis() / 1e3);
        } finally {
            site.close();
        }
    }

    /** From the confirmation to the look after the switch: {@link #ours} saw that it ended well. */
    private static Duration between(List<RunEvent> events) {
        Instant pressed = at(events, RunEvent.Confirmed.class).getFirst();
        return Duration.between(
                pressed,
                events.stream()
                        .filter(RunEvent.Checked.class::isInstance)
                        .map(RunEvent.Checked.class::cast)
                        .filter(one -> one.moment() == Moment.AFTER_SWITCH)
                        .map(RunEvent::at)
                        .findFirst()
                        .orElseThrow());
    }

    private static List<Instant> at(List<RunEvent> events, Class<? extends RunEvent> kind) {
        return events.stream().filter(kind::isInstance).map(RunEvent::at).toList();
    }
}
