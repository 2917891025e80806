package backout.report;

import backout.approval.Person;
import backout.language.Phrase;
import backout.problem.Problem;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** A receiver in memory, which fails when it is told to. */
final class Told implements Receiver {
    /** What goes wrong with the next message. */
    enum Trouble {
        LATER,
        REFUSED,
        /** It took it, and whoever told it died before noting that. */
        DIED
    }

    /** A list for each message. */
    final List<List<Notice>> messages = new ArrayList<>();

    final List<String> called = new ArrayList<>();
    final Deque<Trouble> troubles = new ArrayDeque<>();
    int most = 10;
    Duration pace = Duration.ZERO;

    /** What it never takes. */
    Predicate<Notice> never = _ -> false;

    @Override
    public int most() {
        return most;
    }

    @Override
    public Duration pace() {
        return pace;
    }

    @Override
    public void tell(List<Notice> notices) throws Room.Later, Room.Refused {
        Trouble trouble = troubles.poll();
        if (trouble == Trouble.LATER) {
            throw new Room.Later(Phrase.of("not now"), Duration.ZERO);
        }
        if (trouble == Trouble.REFUSED) {
            throw new Room.Refused(problem("wrong secret"));
        }
        if (notices.stream().anyMatch(never)) {
            throw new Room.Refused(problem("never"), Room.Gone.MESSAGE);
        }
        messages.add(List.copyOf(notices));
        if (trouble == Trouble.DIED) {
            throw new IllegalStateException("the process is gone");
        }
    }

    @Override
    public void call(Person person, Notice notice) throws Room.Later, Room.Refused {
        if (troubles.poll() == Trouble.LATER) {
            throw new Room.Later(
                    Phrase.of("not now"), Duration.ofMinutes(5), person.contact().mail());
        }
        called.add(person.name() + " " + notice.what() + " " + notice.id());
    }

    private static Problem problem(String what) {
        return Problem.of(Phrase.verbatim(what), Phrase.of("mend it"));
    }

    List<String> ids() {
        return messages.stream().flatMap(List::stream).map(Notice::id).toList();
    }
}
