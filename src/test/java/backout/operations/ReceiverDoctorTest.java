package backout.operations;

import static org.assertj.core.api.Assertions.assertThat;

import backout.approval.Contact;
import backout.approval.Person;
import backout.frontdesk.Diagnosis;
import backout.language.Language;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.report.Courier;
import backout.report.Notice;
import backout.report.Receiver;
import backout.report.Room;
import backout.report.Wants;
import backout.run.Evidence.Finding;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A receiver is really told something, and so is each person who is called by it. */
final class ReceiverDoctorTest {
    private static final Instant NOW = Instant.parse("2026-03-01T02:14:00Z");

    /** It keeps what it took. */
    private static class Taking implements Receiver {
        final List<String> took = new ArrayList<>();

        @Override
        public int most() {
            return 1;
        }

        @Override
        public void tell(List<Notice> notices) throws Room.Later, Room.Refused {
            took.add(notices.getFirst().message().summary().toString());
        }

        @Override
        public void call(Person person, Notice notice) throws Room.Later, Room.Refused {
            took.add(person.name());
        }
    }

    private static Person person(String name, String... pagers) {
        return new Person(name, 2, Map.of(), new Contact("", "", "", List.of(pagers)));
    }

    private static List<Diagnosis> examined(Receiver receiver, Wants wants, Person... people) {
        var to = new Courier.To("mail/ops", receiver, wants, Language.ENGLISH);
        return ReceiverDoctor.examine(to, List.of(people), "AAAAA", NOW);
    }

    @Test
    void it_and_whom_it_calls_are_told_a_test_that_says_so() {
        var receiver = new Taking();
        List<Diagnosis> found =
                examined(receiver, Wants.EVERYTHING, person("anna", "mail/ops"), person("ben"));
        assertThat(receiver.took).containsExactly("TEST of Backout: nothing is wrong.", "anna");
        assertThat(found).extracting(Diagnosis::finding).containsOnly(Finding.WELL);
        assertThat(found.getLast().what().toString())
                .isEqualTo("it took a test for anna (L2); ask whether it arrived");
    }

    @Test
    void one_that_only_calls_people_is_told_nothing_itself() {
        var receiver = new Taking();
        assertThat(examined(receiver, Wants.of(List.of(), List.of()))).isEmpty();
        assertThat(receiver.took).isEmpty();
    }

    @Test
    void what_refuses_is_unwell_and_of_what_takes_nothing_now_nothing_is_known() {
        var refusing =
                new Taking() {
                    @Override
                    public void tell(List<Notice> notices) throws Room.Refused {
                        throw new Room.Refused(
                                Problem.of(Phrase.of("wrong secret"), Phrase.of("mend it")));
                    }
                };
        assertThat(examined(refusing, Wants.EVERYTHING))
                .extracting(Diagnosis::finding)
                .containsExactly(Finding.UNWELL);
        var late =
                new Taking() {
                    @Override
                    public void tell(List<Notice> notices) throws Room.Later {
                        throw new Room.Later(Phrase.of("not now"), Duration.ZERO);
                    }
                };
        assertThat(examined(late, Wants.EVERYTHING))
                .extracting(Diagnosis::finding)
                .containsExactly(Finding.UNKNOWN);
    }
}
