package backout.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import backout.approval.Contact;
import backout.approval.Person;
import backout.chat.Message;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.plan.Settings;
import backout.plan.TargetName;
import backout.report.Happening;
import backout.report.Notice;
import backout.report.ReceiverKind;
import backout.report.Room;

import jakarta.mail.internet.MimeMultipart;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mail that a real server takes, is late with, or refuses. */
final class MailTest {
    private static final String HERE = "127.0.0.1";
    private static final Instant NOW = Instant.parse("2026-03-01T02:14:00Z");

    private final Map<String, Object> settings =
            new HashMap<>(
                    Map.of(
                            "tls", "none",
                            "from", "backout@example.com",
                            "to", List.of("ops@example.com")));

    @TempDir private Path folder;

    private Mail mail(int port) {
        return mail(port, Optional.empty());
    }

    private Mail mail(int port, Optional<Certificate> trusted) {
        settings.put("server", "127.0.0.1:" + port);
        var means =
                new ReceiverKind.Means(
                        "config/notices.yml mail/ops",
                        new Settings(settings),
                        new Secrets(Map.of("RIGHT", "right", "WRONG", "wr0ng")::get),
                        InstantSource.fixed(NOW));
        return new Mail(means, trusted.map(Certificate::trusting));
    }

    private static Notice notice(String id, String says) {
        return new Notice(
                id,
                Happening.OUTCOME,
                NOW,
                List.of(TargetName.of("compose/relay")),
                "7F3KQ",
                Map.of(),
                Message.line(Phrase.verbatim(says)));
    }

    private static List<Notice> notices(String says) {
        return List.of(notice("7F3KQ-9", says));
    }

    @Test
    void the_same_words_are_text_and_a_page_and_the_id_is_the_same_again() throws Exception {
        try (Smtp server = Smtp.open()) {
            Mail mail = mail(server.port());
            mail.tell(notices("已回滚 <b>&"));
            mail.tell(notices("已回滚 <b>&"));
            assertThat(server.taken).hasSize(2);
            var first = server.taken.getFirst();
            assertThat(first.to()).containsExactly("ops@example.com");
            assertThat(first.mail().getSubject()).isEqualTo("已回滚 <b>&");
            assertThat(first.mail().getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(first.mail().getMessageID())
                    .isEqualTo("<7F3KQ-9@example.com>")
                    .isEqualTo(server.taken.getLast().mail().getMessageID());
            var both = (MimeMultipart) first.mail().getContent();
            assertThat(both.getContentType()).startsWith("multipart/alternative");
            assertThat(both.getBodyPart(0).getContent()).isEqualTo("已回滚 <b>&");
            assertThat(both.getBodyPart(1).getContentType()).startsWith("text/html");
            assertThat(both.getBodyPart(1).getContent().toString())
                    .contains("<p>已回滚 &lt;b&gt;&amp;</p>");
        }
    }

    @Test
    void several_become_one_mail() throws Exception {
        try (Smtp server = Smtp.open()) {
            mail(server.port()).tell(List.of(notice("1", "one"), notice("2", "two")));
            assertThat(server.taken).hasSize(1);
            assertThat(server.taken.getFirst().mail().getSubject()).isEqualTo("one (+1)");
            var both = (MimeMultipart) server.taken.getFirst().mail().getContent();
            assertThat(both.getBodyPart(0).getContent().toString().replace("\r", ""))
                    .isEqualTo("one\n\ntwo");
        }
    }

    @Test
    void nothing_that_somebody_typed_becomes_a_header() throws Exception {
        try (Smtp server = Smtp.open()) {
            mail(server.port())
                    .tell(notices("done\r\nBcc: all@example.com\r\n\r\n<script>alert(1)</script>"));
            var taken = server.taken.getFirst();
            assertThat(taken.mail().getHeader("Bcc")).isNull();
            assertThat(taken.to()).containsExactly("ops@example.com");
            assertThat(taken.mail().getSubject()).doesNotContain("\r", "\n");
        }
        var injected =
                new Settings(
                        Map.of(
                                "server", "smtp.example.com:587",
                                "tls", "starttls",
                                "from", "a@example.com\r\nBcc: b@example.com",
                                "to", List.of("a@example.com,b@example.com")));
        assertThat(Mail.KIND.mistakes().apply(injected)).containsOnlyKeys("from", "to");
    }

    @Test
    @DisplayName("C17 what is greylisted is asked again, and nobody got it twice by then")
    void what_is_greylisted_is_asked_again() throws Exception {
        settings.put("to", List.of("ops@example.com", "late@example.com"));
        try (Smtp server = Smtp.open()) {
            server.once.put("late@example.com", 451);
            Mail mail = mail(server.port());
            Room.Later later =
                    catchThrowableOfType(Room.Later.class, () -> mail.tell(notices("done")));
            assertThat(later.why().toString()).contains("451");
            assertThat(server.taken).isEmpty();
            mail.tell(notices("done"));
            assertThat(server.taken).hasSize(1);
            assertThat(server.taken.getFirst().to())
                    .containsExactly("ops@example.com", "late@example.com");
        }
    }

    @Test
    void who_is_refused_for_ever_keeps_the_mail_from_nobody_else() throws Exception {
        settings.put("to", List.of("gone@example.com", "ops@example.com"));
        try (Smtp server = Smtp.open()) {
            server.always.put("gone@example.com", 550);
            mail(server.port()).tell(notices("done"));
            assertThat(server.taken).hasSize(1);
            assertThat(server.taken.getFirst().to()).containsExactly("ops@example.com");
        }
    }

    @Test
    void a_person_whom_the_server_does_not_know_is_a_problem_of_that_call_alone() {
        var anna = new Person("anna", 2, Map.of(), new Contact("", "", "anna@example.com"));
        try (Smtp server = Smtp.open()) {
            server.always.put("anna@example.com", 550);
            Room.Refused refused =
                    catchThrowableOfType(
                            Room.Refused.class,
                            () -> mail(server.port()).call(anna, notice("1", "call")));
            assertThat(refused.gone()).isEqualTo(Room.Gone.MESSAGE);
            assertThat(refused.problem().toString()).contains("anna@example.com", "550");
        }
    }

    @Test
    void a_server_that_refuses_the_mail_itself_or_the_sender_refuses_this_mail() {
        try (Smtp server = Smtp.open()) {
            server.once.put("data", 554);
            assertThat(refused(mail(server.port())).gone()).isEqualTo(Room.Gone.MESSAGE);
            server.once.put("backout@example.com", 553);
            assertThat(refused(mail(server.port())).gone()).isEqualTo(Room.Gone.MESSAGE);
            server.once.put("data", 452);
            assertThat(later(mail(server.port())).why().toString()).contains("452");
        }
    }

    private static Room.Refused refused(Mail mail) {
        return catchThrowableOfType(Room.Refused.class, () -> mail.tell(notices("done")));
    }

    private static Room.Later later(Mail mail) {
        return catchThrowableOfType(Room.Later.class, () -> mail.tell(notices("done")));
    }

    @Test
    void a_server_that_is_not_there_is_asked_again() {
        int port;
        try (Smtp server = Smtp.open()) {
            port = server.port();
        }
        Room.Later later = later(mail(port));
        assertThat(later.place()).isEmpty();
        assertThat(later.why().toString()).contains("127.0.0.1:" + port);
    }

    @Test
    void it_goes_by_starttls_with_a_password() throws Exception {
        login("env:RIGHT");
        Certificate trusted = Certificate.in(folder, 1, HERE);
        try (Smtp server = Smtp.secured(trusted.context())) {
            mail(server.port(), Optional.of(trusted)).tell(notices("done"));
            assertThat(server.taken).hasSize(1);
        }
    }

    private void login(String password) {
        settings.put("tls", "starttls");
        settings.put("user", "backout");
        settings.put("password", password);
    }

    @Test
    void a_wrong_password_is_told_and_is_in_no_message() throws Exception {
        login("env:WRONG");
        Certificate trusted = Certificate.in(folder, 1, HERE);
        try (Smtp server = Smtp.secured(trusted.context())) {
            Room.Refused refused = refused(mail(server.port(), Optional.of(trusted)));
            assertThat(refused.gone()).isEqualTo(Room.Gone.NOTHING);
            assertThat(refused.problem().toString())
                    .contains("config/notices.yml mail/ops user")
                    .doesNotContain("wr0ng");
            assertThat(server.taken).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "C18 a certificate of nobody known, of another, or of old is told, nothing is sent")
    void a_bad_certificate_is_told() throws Exception {
        login("env:RIGHT");
        Certificate good = Certificate.in(folder.resolve("good"), 1, HERE);
        Certificate other = Certificate.in(folder.resolve("other"), 1, "127.0.0.9");
        Certificate old = Certificate.in(folder.resolve("old"), 400, HERE);
        assertRefusedForTls(good, Optional.empty());
        assertRefusedForTls(other, Optional.of(other));
        assertRefusedForTls(old, Optional.of(old));
    }

    private void assertRefusedForTls(Certificate shown, Optional<Certificate> trusted) {
        try (Smtp server = Smtp.secured(shown.context())) {
            assertRefusedForTls(refused(mail(server.port(), trusted)));
            assertThat(server.taken).isEmpty();
        }
    }

    private static void assertRefusedForTls(Room.Refused refused) {
        assertThat(refused.gone()).isEqualTo(Room.Gone.NOTHING);
        assertThat(refused.problem().toString())
                .contains("config/notices.yml mail/ops tls", "never sent in the clear");
    }

    @Test
    @DisplayName("C18 without STARTTLS nothing is sent in the clear")
    void without_starttls_nothing_is_sent() {
        settings.put("tls", "starttls");
        try (Smtp server = Smtp.open()) {
            assertRefusedForTls(refused(mail(server.port())));
            assertThat(server.taken).isEmpty();
        }
    }

    /** Before the answer, after it, and in place of one. */
    @ParameterizedTest
    @DisplayName("C18 STARTTLS that is offered and then closes is told and asked again")
    @ValueSource(strings = {"", "220 go on", "454 not now"})
    void an_offered_starttls_that_closes_sends_nothing_in_the_clear(String answer)
            throws Exception {
        login("env:RIGHT");
        try (var server = new OffersTls(answer)) {
            Mail mail = mail(server.port());
            for (int i = 0; i < 2; i++) {
                assertRefusedForTls(refused(mail));
            }
            assertThat(server.heard).hasSize(4);
            assertThat(server.heard).allMatch(line -> line.matches("EHLO .*|STARTTLS"));
        }
    }

    @Test
    void no_password_goes_in_the_clear() {
        login("env:RIGHT");
        settings.put("server", "smtp.example.com:25");
        settings.put("tls", "none");
        assertThat(Mail.KIND.mistakes().apply(new Settings(settings))).containsOnlyKeys("tls");
        settings.remove("password");
        assertThat(Mail.KIND.mistakes().apply(new Settings(settings))).containsOnlyKeys("user");
    }
}
