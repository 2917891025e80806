package backout.serve;

import backout.calendar.CalendarList;
import backout.config.SiteLoader;
import backout.language.Phrase;
import backout.plan.Freeze;
import backout.plan.TargetEvent;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Journal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells operators what speaks against who is called: once for as long as it is so, also when the
 * bot is started again meanwhile, and when it is over. What was told stands in the journal alone.
 */
final class OnCallNews {
    /** A shift of somebody whom nobody knows is told so long before it begins. */
    private static final Duration AHEAD = Duration.ofDays(7);

    private static final String WRONG = wrong(Phrase.NONE, Phrase.NONE).template();
    private static final String OVER = over(Phrase.NONE).template();
    private static final Logger log = LoggerFactory.getLogger(OnCallNews.class);

    private final SiteLoader.Loaded loaded;
    private final Journal journal;
    private final InstantSource clock;

    OnCallNews(SiteLoader.Loaded loaded, Journal journal, InstantSource clock) {
        this.loaded = loaded;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Others are on call than before.
     *
     * @throws ProblemException when that cannot be journalled
     */
    void changed(List<Phrase> shifts) {
        if (!shifts.isEmpty()) {
            tell(List.of(Phrase.joined("; ", shifts)));
        }
    }

    /** Tells what is new since it was told last; nothing while a calendar was not asked for yet. */
    synchronized void look() {
        if (!loaded.calendars().stream().allMatch(CalendarList::isAsked)) {
            return;
        }
        try {
            tell(news(standing()));
        } catch (ProblemException e) {
            log.warn("nobody can be told what speaks against who is called: {}", e.problem());
        }
    }

    private List<Phrase> news(Map<String, Phrase> standing) {
        Map<String, Phrase> wrong = wrong();
        var news = new ArrayList<Phrase>();
        wrong.forEach((what, says) -> {
            if (!standing.containsKey(what)) {
                news.add(says);
            }
        });
        standing.forEach((what, says) -> {
            if (!wrong.containsKey(what)) {
                news.add(over(says));
            }
        });
        return news;
    }

    /** What was told and is not over yet, by its English. */
    private Map<String, Phrase> standing() {
        var standing = new LinkedHashMap<String, Phrase>();
        for (TargetEvent event : journal.read(Freeze.SITE)) {
            if (event instanceof TargetEvent.Warned(var _, Phrase(String template, var values))
                    && !values.isEmpty()
                    && values.getFirst() instanceof Phrase what) {
                if (template.equals(WRONG)) {
                    standing.put(what.toString(), what);
                } else if (template.equals(OVER)) {
                    standing.remove(what.toString());
                }
            }
        }
        return standing;
    }

    /** What is wrong now, as it is told, by the English of what it is. */
    private Map<String, Phrase> wrong() {
        var wrong = new LinkedHashMap<String, Phrase>();
        for (Problem problem : loaded.unreached()) {
            wrong.put(problem.what().toString(), wrong(problem.what(), problem.next()));
        }
        Instant now = clock.instant();
        for (CalendarList list : loaded.calendars()) {
            list.trouble()
                    .ifPresent(why -> {
                        Phrase what =
                                Phrase.of("the calendar of L{0} cannot be read", list.level());
                        wrong.put(what.toString(), wrong(what, why.phrase()));
                    });
            for (Phrase stranger : list.strangers(now, now.plus(AHEAD))) {
                Phrase what = Phrase.of("L{0}: {1}", list.level(), stranger);
                wrong.put(what.toString(), wrong(what, CalendarList.NAME_SOMEBODY));
            }
        }
        return wrong;
    }

    private static Phrase wrong(Phrase what, Phrase next) {
        return Phrase.of("who is called: {0}. {1}", what, next);
    }

    private static Phrase over(Phrase what) {
        return Phrase.of("who is called, no longer so: {0}", what);
    }

    /** In the channels that hear of targets. */
    private void tell(List<Phrase> news) {
        news.forEach(says -> log.warn("{}", says));
        Instant now = clock.instant();
        if (!news.isEmpty()) {
            journal.append(
                    Freeze.SITE,
                    news.stream()
                            .<TargetEvent>map(says -> new TargetEvent.Warned(now, says))
                            .toList());
        }
    }
}
