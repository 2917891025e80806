package backout.chat.slack;

import backout.chat.Message;
import backout.frontdesk.Bot;
import backout.frontdesk.Home;
import backout.problem.ProblemException;
import backout.report.Room;
import backout.run.Journal;
import backout.run.Loop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The tab on which Slack shows the bot itself, for those who opened it. Nobody tells when they look
 * away: the last few are kept up to date for a while, as often as Slack takes it.
 */
final class SlackHome {
    /** Slack takes 100 views a minute from an app, dialogs with them. */
    static final int MOST = 8;

    static final Duration CHANGED = Duration.ofSeconds(10);

    /** What it says of ages is that old at most. */
    static final Duration UNCHANGED = Duration.ofMinutes(1);

    static final Duration LOOKED_AT = Duration.ofMinutes(30);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration ROUND_WITHIN = Duration.ofMinutes(2);
    private static final Logger log = LoggerFactory.getLogger(SlackHome.class);

    private final SlackApi api;
    private final SlackRoom room;
    private final SlackReaders readers;
    private final Home home;
    private final Journal journal;
    private final LongSupplier nanos;
    private final Map<String, Looker> lookers = new ConcurrentHashMap<>();

    /** How long Slack wants to be left alone; of the loop's thread alone, as all below. */
    private long notBefore;

    private long mark = Journal.Changes.NEVER;

    /**
     * @param at when it was shown; {@code mark} of the journal as it was then
     * @param shown empty while nothing is
     */
    private record Looker(long opened, Optional<Message> shown, long at, long mark) {}

    SlackHome(Bot bot, SlackApi api, SlackRoom room, SlackReaders readers, LongSupplier nanos) {
        this.api = api;
        this.room = room;
        this.readers = readers;
        this.home = new Home(bot, SlackChat.people(bot.site()));
        this.journal = bot.journal();
        this.nanos = nanos;
        notBefore = nanos.getAsLong();
    }

    /** Somebody opened it: shown soon, by the loop. */
    void opened(String user) {
        long now = nanos.getAsLong();
        lookers.put(user, new Looker(now, Optional.empty(), now, mark));
    }

    /** Not begun. */
    Loop loop() {
        return Loop.every("show Slack's home tab", LOOK_EVERY, ROUND_WITHIN, this::show);
    }

    private void show() {
        try {
            long now = nanos.getAsLong();
            forget(now);
            if (!lookers.isEmpty() && now - notBefore >= 0) {
                mark = journal.since(mark).mark();
                lookers.forEach((user, looker) -> show(user, looker, now));
            }
        } catch (ProblemException e) {
            log.warn("Slack's home tab cannot be shown now: {}", e.problem());
        } catch (RuntimeException e) {
            log.error("showing Slack's home tab: our own fault", e);
        }
    }

    private void forget(long now) {
        lookers.values().removeIf(one -> now - one.opened() >= LOOKED_AT.toNanos());
        while (lookers.size() > MOST) {
            lookers.entrySet().stream()
                    .min(Comparator.comparingLong(one -> one.getValue().opened() - now))
                    .ifPresent(oldest -> lookers.remove(oldest.getKey(), oldest.getValue()));
        }
    }

    private void show(String user, Looker looker, long now) {
        Duration pause = looker.mark() == mark ? UNCHANGED : CHANGED;
        boolean due = looker.shown().isEmpty() || now - looker.at() >= pause.toNanos();
        if (!due || now - notBefore < 0) {
            return;
        }
        Message message = home.of(user);
        if (looker.shown().filter(message::equals).isEmpty() && !published(user, message, now)) {
            return;
        }
        // whoever opened it again meanwhile is shown it again
        lookers.replace(user, looker, new Looker(looker.opened(), Optional.of(message), now, mark));
    }

    private boolean published(String user, Message message, long now) {
        var view = Kit.object("home");
        view.add("blocks", room.in(readers.of(user)).blocks(message));
        try {
            var _ =
                    api.call(
                            user,
                            methods ->
                                    methods.viewsPublish(
                                            r -> r.userId(user).viewAsString(view.toString())));
            return true;
        } catch (Room.Later e) {
            Duration wait = e.after().compareTo(CHANGED) > 0 ? e.after() : CHANGED;
            notBefore = now + wait.toNanos();
            log.info("Slack shows no home tab for {}: {}", wait, e.getMessage());
        } catch (Room.Refused e) {
            lookers.remove(user);
            log.warn("Slack shows {} no home tab: {}", user, e.problem());
        }
        return false;
    }
}
