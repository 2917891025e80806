package backout.notify.mail;

import backout.check.Secret;
import backout.http.Poster;
import backout.language.Phrase;
import backout.plan.HostPort;
import backout.plan.Settings;
import backout.problem.Cause;
import backout.report.Notice;
import backout.report.ReceiverKind;
import backout.report.Room;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;

import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.angus.mail.util.MailConnectException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;

/** Hands mail over to one SMTP server; whether it reaches anybody is behind that. */
final class MailServer {
    private static final String WITHIN = Long.toString(Duration.ofSeconds(10).toMillis());
    private static final int FOR_EVER = 500;

    private final ReceiverKind.Means means;
    private final Optional<SSLSocketFactory> trusted;

    MailServer(ReceiverKind.Means means, Optional<SSLSocketFactory> trusted) {
        this.means = means;
        this.trusted = trusted;
    }

    /** Whether everybody on the way reads what is sent. */
    static boolean isOpen(Settings settings) {
        return settings.text(Mail.TLS).equals("none") && !Poster.isLoopback(host(settings));
    }

    private static String host(Settings settings) {
        return address(settings).host();
    }

    private static HostPort address(Settings settings) {
        return HostPort.parse(settings.text(Mail.SERVER)).orElseThrow();
    }

    /** All of them take it or none does; who will never take any is left out. */
    void send(List<String> to, List<Notice> notices) throws Room.Later, Room.Refused {
        List<String> left = new ArrayList<>(to);
        Optional<Room.Refused> refused = Optional.empty();
        boolean sent = false;
        while (!sent && !left.isEmpty()) {
            try {
                sendOnce(left, notices);
                sent = true;
            } catch (MessagingException e) {
                List<String> never = never(e, left);
                if (never.isEmpty()) {
                    throw trouble(e, left);
                }
                refused = Optional.of(refused(e, never));
                left.removeAll(never);
            }
        }
        if (!sent && refused.isPresent()) {
            throw refused.get();
        }
    }

    private void sendOnce(List<String> to, List<Notice> notices)
            throws MessagingException, Room.Refused {
        Settings settings = means.settings();
        Optional<Secret> password = means.secretIfAny(Mail.PASSWORD);
        Session session = Session.getInstance(properties(settings));
        Letter letter =
                Letter.of(session, settings.text(Mail.FROM), to, notices, means.clock().instant());
        try (Transport line = session.getTransport("smtp")) {
            try {
                line.connect(
                        settings.textIfAny(Mail.USER).orElse(null),
                        password.map(Secret::reveal).orElse(null));
            } catch (MessagingException e) {
                if (!(e instanceof AuthenticationFailedException) && isClosedAtTls(line)) {
                    throw refusedTls(what(e));
                }
                throw e;
            }
            line.sendMessage(letter, letter.getAllRecipients());
        }
    }

    /**
     * It offered STARTTLS, and the line is not secured: whatever it answered is no reason to go on.
     */
    private boolean isClosedAtTls(Transport line) {
        return means.settings().text(Mail.TLS).equals("starttls")
                && line instanceof SMTPTransport smtp
                && smtp.supportsExtension("STARTTLS")
                && !smtp.isSSL();
    }

    private Properties properties(Settings settings) {
        HostPort address = address(settings);
        var properties = new Properties();
        String tls = settings.text(Mail.TLS);
        put(properties, "host", address.host());
        put(properties, "port", Integer.toString(address.port()));
        put(properties, "connectiontimeout", WITHIN);
        put(properties, "timeout", WITHIN);
        put(properties, "writetimeout", WITHIN);
        put(properties, "auth", Boolean.toString(settings.textIfAny(Mail.USER).isPresent()));
        put(properties, "starttls.enable", Boolean.toString(tls.equals("starttls")));
        put(properties, "starttls.required", Boolean.toString(tls.equals("starttls")));
        put(properties, "ssl.enable", Boolean.toString(tls.equals("tls")));
        put(properties, "ssl.checkserveridentity", "true");
        trusted.ifPresent(factory -> properties.put("mail.smtp.ssl.socketFactory", factory));
        return properties;
    }

    private static void put(Properties properties, String key, String value) {
        properties.put("mail.smtp." + key, value);
    }

    /** Those whom the server will never take mail for. */
    private static List<String> never(MessagingException failure, List<String> to) {
        return each(failure).stream()
                .filter(SMTPAddressFailedException.class::isInstance)
                .map(SMTPAddressFailedException.class::cast)
                .filter(one -> one.getReturnCode() >= FOR_EVER)
                .map(one -> shown(one.getAddress()))
                .filter(to::contains)
                .distinct()
                .toList();
    }

    private static String shown(Address address) {
        return address.toString();
    }

    private static List<Exception> each(MessagingException failure) {
        var all = new ArrayList<Exception>();
        Exception at = failure;
        while (at != null) {
            all.add(at);
            at = at instanceof MessagingException one ? one.getNextException() : null;
        }
        return all;
    }

    private Room.Refused refused(MessagingException failure, List<String> never) {
        return means.refusedThis(
                Phrase.of(
                        "{0} takes no mail for {1}: {2}",
                        means.settings().text(Mail.SERVER), Phrase.list(never), last(failure)),
                Phrase.of("look whether that is the right address"));
    }

    /** What was said last is nearest to the cause. */
    private static Phrase last(MessagingException failure) {
        return Cause.of(each(failure).getLast());
    }

    private Room.Refused trouble(MessagingException failure, List<String> to) throws Room.Later {
        Phrase what = what(failure);
        if (failure instanceof AuthenticationFailedException) {
            return means.refused(
                    Mail.USER, what, Phrase.of("compare user: and password: with the server's"));
        }
        if (each(failure).stream().anyMatch(SSLException.class::isInstance) || saysNoTls(failure)) {
            return refusedTls(what);
        }
        if (isForEver(failure)) {
            return means.refusedThis(what, Phrase.of("look there why it takes no such mail"));
        }
        throw new Room.Later(what, Duration.ZERO, isOfServer(failure) ? "" : to.getFirst());
    }

    private Phrase what(MessagingException failure) {
        return Phrase.of(
                "{0} does not take the mail: {1}",
                means.settings().text(Mail.SERVER), last(failure));
    }

    private Room.Refused refusedTls(Phrase what) {
        return means.refused(
                Mail.TLS,
                what,
                Phrase.of(
                        "it is never sent in the clear instead: mend the server's certificate,"
                                + " or say how its line is closed"));
    }

    /** The library says so in words alone. */
    private static boolean saysNoTls(MessagingException failure) {
        return each(failure).stream()
                .map(Exception::getMessage)
                .anyMatch(words -> words != null && words.contains("STARTTLS"));
    }

    private static boolean isForEver(MessagingException failure) {
        return each(failure).stream()
                .anyMatch(one ->
                        switch (one) {
                            case SMTPSendFailedException sent -> sent.getReturnCode() >= FOR_EVER;
                            case SMTPSenderFailedException from -> from.getReturnCode() >= FOR_EVER;
                            default -> false;
                        });
    }

    /** Whether nobody gets any, not only these. */
    private static boolean isOfServer(MessagingException failure) {
        return failure instanceof MailConnectException
                || each(failure).stream().anyMatch(IOException.class::isInstance);
    }
}
