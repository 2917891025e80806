package backout.report;

import backout.approval.Person;
import backout.chat.Place;
import backout.command.Site;
import backout.problem.ProblemException;
import backout.report.Posts.Kind;
import backout.report.Posts.Post;
import backout.run.CallEvent;
import backout.run.GlassBroken;
import backout.run.Journal;
import backout.run.Loop;
import backout.run.Observer;
import backout.run.Outbox;
import backout.run.Run;
import backout.run.RunEvent;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Writes to each person alone who is called about a run, in one chat or by one pager, and how it
 * ended to those who had a part in it. In a thread of its own, so that no card is ever before a
 * call; what was not sent yet is sent after a restart, a call as long as it is not decided.
 */
public final class Pages {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration ROUND_WITHIN = Duration.ofMinutes(2);
    private static final int ROWS = 500;
    private static final Logger log = LoggerFactory.getLogger(Pages.class);

    private final Way way;
    private final String name;
    private final String face;
    private final Supplier<Site> site;
    private final Journal journal;
    private final Outbox outbox;
    private final Posts posts;
    private final InstantSource clock;
    private final Observer observer;
    private final Loop loop;
    private final BackOff backOff = new BackOff();
    private final Map<String, BackOff> rests = new HashMap<>();

    /** Sends nothing yet; see {@link #face} for where the outbox knows it. */
    public Pages(
            Room room,
            Supplier<Site> site,
            Journal journal,
            Outbox outbox,
            Posts posts,
            InstantSource clock,
            Observer observer) {
        this(Way.of(room), room.chat(), site, journal, outbox, posts, clock, observer);
    }

    /** The same by a receiver, for those who name it as their pager. */
    public Pages(
            Courier.To to,
            Supplier<Site> site,
            Journal journal,
            Outbox outbox,
            Posts posts,
            InstantSource clock,
            Observer observer) {
        this(Way.of(to), to.name(), site, journal, outbox, posts, clock, observer);
    }

    private Pages(
            Way way,
            String name,
            Supplier<Site> site,
            Journal journal,
            Outbox outbox,
            Posts posts,
            InstantSource clock,
            Observer observer) {
        this.way = way;
        this.name = name;
        this.face = face(name);
        this.site = site;
        this.journal = journal;
        this.outbox = outbox;
        this.posts = posts;
        this.clock = clock;
        this.observer = observer;
        this.loop = Loop.every("call in " + name, LOOK_EVERY, ROUND_WITHIN, this::send);
    }

    /**
     * The face of the outbox that calls people this way.
     *
     * @param name of the chat or of the receiver
     */
    public static String face(String name) {
        return name + "-calls";
    }

    /** Its thread, not begun; stopped, it sends nothing more than what it is sending. */
    public Loop loop() {
        return loop;
    }

    /** Begins, in a thread of its own; called once. */
    public Loop start() {
        return loop.start();
    }

    /** Sends nothing more; what is being sent goes on for as long as its deadline. */
    public void stop() {
        loop.stop();
    }

    private void send() {
        try {
            once();
        } catch (ProblemException e) {
            log.warn("nobody can be called in {} now: {}", name, e.problem());
        } catch (RuntimeException e) {
            log.error("calling in {}: our own fault", name, e);
        }
    }

    /** Sends what is due now, calls first; called by one thread at a time. */
    void once() {
        take();
        List<Post> lacking =
                posts.lacking(face).stream().sorted(Comparator.comparing(Pages::isNoCall)).toList();
        for (Post post : lacking) {
            if (loop.isStopped() || !backOff.isOver(clock.instant())) {
                return;
            }
            if (rest(post).isOver(clock.instant())) {
                send(post);
                loop.round();
            }
        }
    }

    /** One person who cannot be written to now keeps nobody else waiting. */
    private BackOff rest(Post post) {
        return rests.computeIfAbsent(post.name(), _ -> new BackOff());
    }

    private static boolean isNoCall(Post post) {
        return post.kind() != Kind.CALL;
    }

    private void take() {
        List<Outbox.Row> rows;
        do {
            rows = outbox.due(face, ROWS);
            rows.forEach(this::begin);
            if (!rows.isEmpty()) {
                outbox.delivered(face, rows.getLast().id());
            }
        } while (rows.size() == ROWS);
    }

    private void begin(Outbox.Row row) {
        List<RunEvent> events = journal.read(row.run());
        switch (events.get(row.seq() - 1)) {
            case CallEvent.Paged page -> begin(row, Kind.CALL, callable(page.people()));
            case CallEvent.Nudged nudge -> begin(row, Kind.CALL, callable(nudge.people()));
            case GlassBroken glass -> begin(row, Kind.CALL, callable(glass.skipped()));
            case RunEvent.Finished finished
                    when finished.at().plus(Intake.NEWS).isAfter(clock.instant()) ->
                    begin(row, Kind.ANNOUNCEMENT, tellable(Run.of(events)));
            default -> {}
        }
    }

    private void begin(Outbox.Row row, Kind kind, Stream<String> people) {
        people.forEach(person -> {
            var place = new Place(face, row.seq() + " " + person);
            var _ = posts.begin(new Post(row.run(), kind, place, Optional.empty(), 0, 0, ""));
        });
    }

    /** Who is gone by now is looked at again when they are written to. */
    private Stream<String> callable(List<String> people) {
        return people.stream()
                .filter(person ->
                        Stream.ofNullable(site.get().people().get(person)).allMatch(way::calls));
    }

    /** Who asked and who voted; whoever ended it by their own word knows. */
    private Stream<String> tellable(Run run) {
        return Stream.concat(
                        Stream.of(run.requester()),
                        run.events().stream()
                                .filter(RunEvent.Voted.class::isInstance)
                                .map(event -> ((RunEvent.Voted) event).vote().by()))
                .distinct()
                .filter(name ->
                        run.cancelled().map(RunEvent.Cancelled::by).filter(name::equals).isEmpty())
                .map(site.get().people()::get)
                .flatMap(Stream::ofNullable)
                .filter(person -> way.tells(person, run))
                .map(Person::name);
    }

    private void send(Post post) {
        String[] words = post.place().channel().split(" ", 2);
        Run run = Run.of(journal.read(post.run()));
        int seq = Integer.parseInt(words[0]);
        Site now = site.get();
        Person person = now.people().get(words[1]);
        Optional<Notice> notice =
                Optional.ofNullable(person)
                        .flatMap(them -> Personal.of(run, seq, them, now, clock.instant()));
        if (person == null || notice.isEmpty()) {
            over(post, "not called any more");
            return;
        }
        var result = Observer.Delivery.LATER;
        try {
            way.write(person, notice.get());
            result = Observer.Delivery.OK;
            over(post, "done");
            backOff.forget();
        } catch (Room.Later later) {
            BackOff left = later.place().isEmpty() ? backOff : rest(post);
            Duration wait = left.begin(later.after(), clock.instant());
            log.info("{} takes nothing for {}: {}", name, wait, later.getMessage());
        } catch (Room.Refused refused) {
            result = Observer.Delivery.REFUSED;
            log.warn("{} is not called in {}: {}", person.name(), name, refused.problem());
            if (way.isFinal(refused)) {
                over(post, refused.problem().toString());
            } else {
                var _ = backOff.begin(Duration.ZERO, clock.instant());
            }
        } finally {
            observer.delivered(name, "direct", result);
        }
    }

    private void over(Post post, String why) {
        posts.keep(post.over(why));
        rests.remove(post.name());
    }
}
