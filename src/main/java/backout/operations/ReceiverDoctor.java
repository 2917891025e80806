package backout.operations;

import backout.approval.Person;
import backout.chat.Message;
import backout.frontdesk.Diagnosis;
import backout.language.Phrase;
import backout.report.Courier;
import backout.report.Happening;
import backout.report.Notice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Whether a receiver takes what it is told, and reaches whom it calls: it is really told a test.
 */
public final class ReceiverDoctor {
    private ReceiverDoctor() {}

    /**
     * Tells it, and each person whom it calls, a test.
     *
     * @param id names the test
     */
    public static List<Diagnosis> examine(
            Courier.To to, Collection<Person> people, String id, Instant now) {
        var found = new ArrayList<Diagnosis>();
        Notice test = test(id, now).in(to.language());
        if (!to.wants().what().isEmpty()) {
            found.addAll(
                    Diagnosis.asking(() -> {
                        to.receiver().tell(List.of(test));
                        return List.of(Diagnosis.well(Phrase.of("it took a test")));
                    }));
        }
        people.stream()
                .filter(person -> person.contact().pagers().contains(to.name()))
                .forEach(person -> found.addAll(called(to, person, test)));
        return found;
    }

    private static List<Diagnosis> called(Courier.To to, Person person, Notice test) {
        return Diagnosis.asking(() -> {
            to.receiver().call(person, test);
            return List.of(
                    Diagnosis.well(
                            Phrase.of(
                                    "it took a test for {0} (L{1}); ask whether it arrived",
                                    person.name(), person.level())));
        });
    }

    private static Notice test(String id, Instant now) {
        return new Notice(
                "test-" + id,
                Happening.TEST,
                now,
                List.of(),
                "",
                Map.of(),
                Message.line(Phrase.of("TEST of Backout: nothing is wrong.")));
    }
}
