package backout.calendar;

import backout.language.Phrase;
import backout.plan.Secrets;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Sha256;
import backout.run.Loop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the calendars of a site now and then, and keeps each as it was read last: whoever starts
 * while its address is down has the list of before.
 */
public final class Calendars {
    private static final Duration EVERY = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(20);
    private static final Duration ROUND_WITHIN = Duration.ofMinutes(5);
    private static final String FOLDER = "on-call";
    private static final Logger log = LoggerFactory.getLogger(Calendars.class);

    private final List<CalendarList> lists;
    private final Path folder;
    private final Secrets secrets;
    private final InstantSource clock;
    private final Map<CalendarList, Instant> tried = new HashMap<>();
    private final Map<CalendarList, String> told = new HashMap<>();
    private volatile Runnable then = () -> {};

    /**
     * @param store the folder of the journal
     */
    public Calendars(List<CalendarList> lists, Path store, Secrets secrets, InstantSource clock) {
        this.lists = List.copyOf(lists);
        this.folder = store.resolve(FOLDER);
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Has this done each time after some were asked for. */
    public Calendars then(Runnable doing) {
        then = doing;
        return this;
    }

    public boolean isEmpty() {
        return lists.isEmpty();
    }

    /** What was kept is in force until it is read again; asks nobody. */
    public Calendars recall() {
        lists.forEach(this::recall);
        return this;
    }

    private void recall(CalendarList list) {
        Path kept = kept(list);
        if (!Files.exists(kept)) {
            return;
        }
        try {
            list.recall(Files.readAllBytes(kept), Files.getLastModifiedTime(kept).toInstant());
        } catch (IOException e) {
            log.warn("{} cannot be read: {}", kept, Cause.of(e));
        } catch (ProblemException e) {
            log.warn("{} is not understood any more: {}", kept, e.problem());
        }
    }

    /** Asks at once where one was never read, and in vain as well as not. */
    public Calendars complete() {
        if (lists.stream().anyMatch(list -> !list.isKnown())) {
            once();
        }
        return this;
    }

    /** Reads them from now on, in a thread of its own; what was never read at once. */
    public Loop start() {
        var _ = complete();
        return Loop.every("calendars", LOOK_EVERY, ROUND_WITHIN, this::once).start();
    }

    /** Reads those whose time has come; what fails is told once and tried again. */
    public synchronized void once() {
        Instant now = clock.instant();
        List<CalendarList> due = lists.stream().filter(list -> isDue(list, now)).toList();
        for (CalendarList list : due) {
            tried.put(list, now);
            tell(list, read(list, now));
        }
        if (!due.isEmpty()) {
            then.run();
        }
    }

    private boolean isDue(CalendarList list, Instant now) {
        Instant last = tried.get(list);
        return last == null || !now.isBefore(last.plus(EVERY)) || now.isBefore(last);
    }

    private void tell(CalendarList list, List<Problem> problems) {
        String words = problems.toString();
        if (!problems.isEmpty() && !words.equals(told.put(list, words))) {
            problems.forEach(problem -> log.warn("on call, L{}: {}", list.level(), problem));
        }
        if (problems.isEmpty() && told.remove(list) != null) {
            log.info("on call, L{}: the calendar is read again", list.level());
        }
    }

    /** Reads each now; what is wrong with any of them and with whom they name in these weeks. */
    public synchronized List<Problem> look() {
        var problems = new ArrayList<Problem>();
        for (CalendarList list : lists) {
            Instant now = clock.instant();
            problems.addAll(read(list, now));
            for (Phrase stranger : list.strangers(now, now.plus(CalendarList.AHEAD))) {
                problems.add(
                        new Problem(
                                stranger,
                                "on-call/L" + list.level() + "/calendar",
                                CalendarList.NAME_SOMEBODY));
            }
        }
        return problems;
    }

    private List<Problem> read(CalendarList list, Instant now) {
        try {
            byte[] content = list.read(secrets, now);
            keep(kept(list), content, now);
            return List.of();
        } catch (ProblemException e) {
            return e.problems();
        } catch (IOException e) {
            return List.of(
                    list.unkept(
                            new Problem(
                                    Phrase.of("it was read and cannot be kept: {0}", Cause.of(e)),
                                    folder.toString(),
                                    Phrase.of("look at the folder's rights and free space"))));
        }
    }

    /** Its time is that of the reading. */
    private void keep(Path file, byte[] content, Instant now) throws IOException {
        Files.createDirectories(folder);
        Path partial = Files.createTempFile(folder, file.getFileName() + ".", "");
        Files.write(partial, content);
        Files.setLastModifiedTime(partial, FileTime.from(now));
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Another address is another calendar. */
    private Path kept(CalendarList list) {
        String source = Sha256.of(list.source().written()).substring(0, 12);
        return folder.resolve("L" + list.level() + "-" + source + ".ics");
    }
}
