package backout.notify.mail;

import backout.approval.Person;
import backout.language.Phrase;
import backout.plan.Setting;
import backout.plan.Setting.Form;
import backout.plan.Settings;
import backout.problem.Problem;
import backout.report.Notice;
import backout.report.Receiver;
import backout.report.ReceiverKind;
import backout.report.Room;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import javax.net.ssl.SSLSocketFactory;

/** Mailboxes, by one SMTP server. */
public final class Mail implements Receiver {
    static final String SERVER = "server";
    static final String TLS = "tls";
    static final String USER = "user";
    static final String PASSWORD = "password";
    static final String FROM = "from";
    private static final String TO = "to";

    /** What a site may say about one. */
    public static final ReceiverKind KIND =
            new ReceiverKind(
                    "mail",
                    List.of(
                            Setting.required(
                                    SERVER,
                                    Form.ADDRESS,
                                    "The SMTP server that takes the mail, such as"
                                            + " smtp.example.com:587."),
                            Setting.choice(
                                    TLS,
                                    List.of("starttls", "tls", "none"),
                                    "starttls",
                                    "How the line to it is closed; a server that cannot do it gets"
                                            + " no mail, and with none everybody on the way reads"
                                            + " it."),
                            Setting.of(
                                    USER,
                                    Form.TEXT,
                                    "",
                                    "Who the bot logs in as, where the server asks for it."),
                            Setting.of(PASSWORD, Form.SECRET, "", "That user's password."),
                            Setting.required(FROM, Form.TEXT, "The address that the mail is from."),
                            Setting.of(
                                    TO,
                                    Form.TEXTS,
                                    "",
                                    "The addresses that are told; none where people are only"
                                            + " called by it.")),
                    Mail::mistakes,
                    person ->
                            Optional.of(person.contact().mail())
                                    .filter(mail -> !MailAddress.isOne(mail))
                                    .map(_ ->
                                            Problem.of(
                                                    Phrase.of("has no mail address"),
                                                    Phrase.of("Write it below mail:"))),
                    means -> new Mail(means, Optional.empty()));

    private static final int MOST = 10;

    private final ReceiverKind.Means means;
    private final MailServer server;

    /**
     * @param trusted makes the sockets of a server whose authority Java does not know
     */
    Mail(ReceiverKind.Means means, Optional<SSLSocketFactory> trusted) {
        this.means = means;
        this.server = new MailServer(means, trusted);
    }

    private static Map<String, Problem> mistakes(Settings settings) {
        var mistakes = new LinkedHashMap<String, Problem>();
        Problem noAddress =
                Problem.of(
                        Phrase.of("should be a mail address"),
                        Phrase.of("Write for example backout@example.com"));
        if (!MailAddress.isOne(settings.text(FROM))) {
            mistakes.put(FROM, noAddress);
        }
        if (settings.texts(TO).stream().anyMatch(Predicate.not(MailAddress::isOne))) {
            mistakes.put(TO, noAddress);
        }
        if (settings.textIfAny(USER).isPresent() != settings.textIfAny(PASSWORD).isPresent()) {
            mistakes.put(
                    USER,
                    Problem.of(
                            Phrase.of("goes with a password"),
                            Phrase.of("Write user: and password: both, or neither")));
        }
        if (MailServer.isOpen(settings) && settings.textIfAny(PASSWORD).isPresent()) {
            mistakes.put(
                    TLS,
                    Problem.of(
                            Phrase.of("would send the password for everybody to read"),
                            Phrase.of("Write starttls or tls")));
        }
        return mistakes;
    }

    @Override
    public int most() {
        return MOST;
    }

    /** Whoever greylists takes it minutes later. */
    @Override
    public Duration patience() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void tell(List<Notice> notices) throws Room.Later, Room.Refused {
        List<String> to = means.settings().texts(TO);
        if (!to.isEmpty()) {
            server.send(to, notices);
        }
    }

    @Override
    public void call(Person person, Notice notice) throws Room.Later, Room.Refused {
        String mail = person.contact().mail();
        if (!MailAddress.isOne(mail)) {
            throw means.refusedThis(
                    Phrase.of("{0} has no mail address", person.name()),
                    Phrase.of("write it below mail: in people.yml"));
        }
        server.send(List.of(mail), List.of(notice));
    }
}
