package backout.notify.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.SSLContext;

/** A real SMTP server on loopback, which refuses whom it is told to. */
final class Smtp implements AutoCloseable {
    /** What it took: to whom, and what. */
    record Taken(List<String> to, MimeMessage mail, boolean secure) {}

    final List<Taken> taken = new CopyOnWriteArrayList<>();

    /** By recipient, what is answered, each once; those in {@link #always} each time. */
    final Map<String, Integer> once = new HashMap<>();

    final Map<String, Integer> always = new HashMap<>();
    private final SMTPServer server;

    private Smtp(SMTPServer.Builder builder) {
        server =
                builder.bindAddress(InetAddress.getLoopbackAddress())
                        .port(0)
                        .messageHandlerFactory(Handler::new)
                        .build();
        server.start();
    }

    static Smtp open() {
        return new Smtp(new SMTPServer.Builder());
    }

    /** It offers STARTTLS with this certificate, and asks for the password {@code right}. */
    static Smtp secured(SSLContext certificate) {
        return new Smtp(
                new SMTPServer.Builder()
                        .enableTLS()
                        .startTlsSocketFactory(certificate, false)
                        .authenticationHandlerFactory(
                                new EasyAuthenticationHandlerFactory((_, password, _) -> {
                                    if (!password.equals("right")) {
                                        throw new LoginFailedException();
                                    }
                                })));
    }

    int port() {
        return server.getPortAllocated();
    }

    @Override
    public void close() {
        server.stop();
    }

    private final class Handler implements MessageHandler {
        private final MessageContext context;
        private final List<String> to = new ArrayList<>();

        Handler(MessageContext context) {
            this.context = context;
        }

        @Override
        public void from(String from) throws RejectException {
            refuse(from);
        }

        @Override
        public void recipient(String recipient) throws RejectException {
            refuse(recipient);
            to.add(recipient);
        }

        private void refuse(String address) throws RejectException {
            Optional<Integer> code =
                    Optional.ofNullable(once.remove(address))
                            .or(() -> Optional.ofNullable(always.get(address)));
            if (code.isPresent()) {
                throw new RejectException(code.get(), "not " + address);
            }
        }

        @Override
        public String data(InputStream data) throws RejectException, IOException {
            refuse("data");
            try {
                var mail = new MimeMessage(Session.getInstance(new Properties()), data);
                boolean secure = context.getTlsPeerCertificates() != null;
                taken.add(new Taken(List.copyOf(to), mail, secure));
            } catch (MessagingException e) {
                throw new IOException(e);
            }
            return "taken";
        }

        @Override
        public void done() {}
    }
}
