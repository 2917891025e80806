package backout.report;

import backout.chat.Message;
import backout.chat.Place;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.report.Posts.Kind;
import backout.report.Posts.Post;
import backout.run.Journal;
import backout.run.Outbox;
import backout.run.Run;
import backout.run.RunEvent;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one receiver was not told yet: of runs first, then of targets beside them. */
final class Untold {
    private static final int ROWS = 500;
    private static final Logger log = LoggerFactory.getLogger(Untold.class);

    private final Courier.To to;
    private final Journal journal;
    private final Outbox outbox;
    private final Posts posts;
    private final InstantSource clock;

    Untold(Courier.To to, Journal journal, Outbox outbox, Posts posts, InstantSource clock) {
        this.to = to;
        this.journal = journal;
        this.outbox = outbox;
        this.posts = posts;
        this.clock = clock;
    }

    /** One notice, and what is noted when it was told, or never will be. */
    record Item(Notice notice, Ending ending) {
        private interface Ending {
            void note(String why);
        }

        void isTold() {
            ending.note("done");
        }

        void isNever(String why) {
            ending.note(why);
        }
    }

    /** Turns new rows of runs into messages that are to be sent. */
    void take() {
        List<Outbox.Row> rows;
        do {
            rows = outbox.due(to.name(), ROWS);
            rows.forEach(this::begin);
            if (!rows.isEmpty()) {
                outbox.delivered(to.name(), rows.getLast().id());
            }
        } while (rows.size() == ROWS);
    }

    private void begin(Outbox.Row row) {
        List<RunEvent> events = journal.read(row.run());
        Run run = Run.of(events);
        if (what(run, row.seq())
                .filter(what -> to.wants().hears(what, run.request().targets()))
                .isPresent()) {
            var place = new Place(to.name(), Integer.toString(row.seq()));
            var _ =
                    posts.begin(
                            new Post(
                                    row.run(),
                                    Kind.ANNOUNCEMENT,
                                    place,
                                    Optional.empty(),
                                    0,
                                    0,
                                    ""));
        }
    }

    /** A request is told when its first plan is there: before, nobody knows what is asked for. */
    private static Optional<Happening> what(Run run, int seq) {
        boolean isFirstPlan =
                run.events().stream().limit(seq - 1L).noneMatch(RunEvent.Planned.class::isInstance);
        return switch (run.events().get(seq - 1)) {
            case RunEvent.Planned _ when isFirstPlan ->
                    Optional.of(
                            new Announcement(run).isProposed()
                                    ? Happening.PROPOSAL
                                    : Happening.REQUEST);
            case RunEvent.Finished _ -> Optional.of(Happening.OUTCOME);
            default -> Optional.empty();
        };
    }

    /** The next ones in order, at most so many. */
    List<Item> items(int most) {
        var items = new ArrayList<Item>();
        for (Post post : posts.lacking(to.name())) {
            if (items.size() < most) {
                ofRun(post).ifPresent(items::add);
            }
        }
        if (items.size() < most) {
            items.addAll(ofTargets(most - items.size()));
        }
        return items;
    }

    private Optional<Item> ofRun(Post post) {
        Run run = Run.of(journal.read(post.run()));
        int seq = Integer.parseInt(post.place().channel());
        RunEvent event = run.events().get(seq - 1);
        Optional<Happening> what = what(run, seq);
        if (what.isEmpty() || isOvertaken(run, what.get())) {
            posts.keep(post.over("what came of it is told"));
            return Optional.empty();
        }
        if (event.at().plus(Courier.KEPT).isBefore(clock.instant())) {
            log.warn("{} was never told of run {}: it took nothing so long", to.name(), run.id());
            posts.keep(post.over("too old"));
            return Optional.empty();
        }
        var announcement = new Announcement(run, Card.sealed(run, journal));
        Message message =
                event instanceof RunEvent.Finished(var _, var outcome)
                        ? announcement.ended(outcome, clock.instant())
                        : announcement.begun();
        var notice =
                new Notice(
                        run.id() + "-" + seq,
                        what.get(),
                        event.at(),
                        run.request().targets(),
                        run.id().text(),
                        announcement.facts(),
                        message);
        return Optional.of(new Item(notice, why -> posts.keep(post.over(why))));
    }

    /** What could not be sent for a while becomes one message: how it ended. */
    private boolean isOvertaken(Run run, Happening what) {
        return what != Happening.OUTCOME
                && run.outcome().isPresent()
                && to.wants().hears(Happening.OUTCOME, run.request().targets());
    }

    private List<Item> ofTargets(int most) {
        var items = new ArrayList<Item>();
        List<Outbox.TargetRow> rows = outbox.dueOfTargets(to.name(), ROWS);
        long passed = 0;
        for (Outbox.TargetRow row : rows) {
            Optional<Item> item = items.size() < most ? heard(row) : Optional.empty();
            item.ifPresent(items::add);
            if (items.isEmpty()) {
                passed = row.id();
            }
        }
        if (passed > 0) {
            outbox.deliveredOfTargets(to.name(), passed);
        }
        return items.isEmpty() && rows.size() == ROWS ? ofTargets(most) : items;
    }

    private Optional<Item> heard(Outbox.TargetRow row) {
        Happening what = Heard.happening(row.event());
        boolean isLate = row.event().at().plus(Courier.KEPT).isBefore(clock.instant());
        return isLate || !to.wants().hears(what, List.of(row.target()))
                ? Optional.empty()
                : Heard.of(row.target(), Ledger.of(journal.read(row.target())), row.event())
                        .map(says -> item(row, what, says));
    }

    private Item item(Outbox.TargetRow row, Happening what, Phrase says) {
        var notice =
                new Notice(
                        "target-" + row.id(),
                        what,
                        row.event().at(),
                        List.of(row.target()),
                        "",
                        Map.of(),
                        Message.line(says));
        return new Item(notice, _ -> outbox.deliveredOfTargets(to.name(), row.id()));
    }
}
