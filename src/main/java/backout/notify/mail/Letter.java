package backout.notify.mail;

import backout.chat.PlainMessage;
import backout.chat.PlainText;
import backout.report.Notice;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;

/** One mail: the same words as text and as a page. */
final class Letter extends MimeMessage {
    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    private static final int LONGEST_SUBJECT = 150;

    private final String id;

    private Letter(Session session, String id) {
        super(session);
        this.id = id;
    }

    /**
     * @param from an address
     * @param to addresses; nobody sees another's
     */
    static Letter of(
            Session session, String from, List<String> to, List<Notice> notices, Instant now)
            throws MessagingException {
        InternetAddress sender = MailAddress.of(from);
        String ids = notices.stream().map(Notice::id).collect(Collectors.joining("."));
        String domain = from.substring(from.lastIndexOf('@') + 1);
        var letter = new Letter(session, "<" + ids + "@" + domain + ">");
        letter.setFrom(sender);
        letter.setRecipients(
                Message.RecipientType.TO,
                to.stream().map(MailAddress::of).toArray(InternetAddress[]::new));
        letter.setSentDate(Date.from(now));
        letter.setSubject(subject(notices), UTF_8);
        // no machine answers it with a mail of its own
        letter.setHeader("Auto-Submitted", "auto-generated");
        letter.setContent(both(notices));
        letter.saveChanges();
        return letter;
    }

    private static String subject(List<Notice> notices) {
        String first = PlainText.line(notices.getFirst().message().summary().toString());
        String more = notices.size() == 1 ? "" : " (+" + (notices.size() - 1) + ")";
        return PlainText.brief(first, LONGEST_SUBJECT) + more;
    }

    private static MimeMultipart both(List<Notice> notices) throws MessagingException {
        List<List<String>> parts =
                notices.stream().map(notice -> PlainMessage.lines(notice.message())).toList();
        var text = new MimeBodyPart();
        text.setText(
                parts.stream()
                        .map(lines -> String.join("\n", lines))
                        .collect(Collectors.joining("\n\n")),
                UTF_8);
        var page = new MimeBodyPart();
        page.setText(
                parts.stream().map(Letter::paragraph).collect(Collectors.joining("<hr>\n")),
                UTF_8,
                "html");
        return new MimeMultipart("alternative", text, page);
    }

    private static String paragraph(List<String> lines) {
        return lines.stream()
                .map(Letter::escaped)
                .collect(Collectors.joining("<br>\n", "<p>", "</p>\n"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** The same mail has the same one, also when it is sent again: mailboxes know it by that. */
    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }
}
