package backout.host;

import backout.check.Secret;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.problem.Cause;
import backout.problem.ProblemException;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** One connection that has let the bot in. It never asks anybody anything. */
final class SshConnection {
    private static final Logger log = LoggerFactory.getLogger(SshConnection.class);

    private final Session session;
    private final Wire wire;

    private SshConnection(Session session, Wire wire) {
        this.session = session;
        this.wire = wire;
    }

    /**
     * @param at where the machine is reached: itself, or a way to it through another
     * @throws ProblemException when it did not let the bot in
     */
    static SshConnection open(
            Machine machine, InetSocketAddress at, Secrets secrets, Patience patience) {
        var failure = new SshFailure(machine);
        PinnedKey key =
                machine.hostKey()
                        .map(PinnedKey::of)
                        .orElseThrow(() -> new ProblemException(failure.unpinned()));
        try {
            var jsch = new JSch();
            identify(jsch, machine, secrets, patience);
            return connect(jsch, machine, key, new Wire(at, patience.connect()), patience);
        } catch (JSchException e) {
            throw ProblemException.unseen(failure.notIn(e, key));
        }
    }

    /** The key that the machine shows, to whoever asks: nobody is let in. */
    static PinnedKey scan(Machine machine, InetSocketAddress at, Patience patience) {
        var shown = PinnedKey.none();
        try {
            var wire = new Wire(at, patience.connect());
            connect(new JSch(), machine, shown, wire, patience).cut();
        } catch (JSchException e) {
            if (shown.shownLine().isEmpty()) {
                throw new ProblemException(new SshFailure(machine).notIn(e, shown));
            }
        }
        return shown;
    }

    private static SshConnection connect(
            JSch jsch, Machine machine, PinnedKey key, Wire wire, Patience patience)
            throws JSchException {
        jsch.setHostKeyRepository(key);
        Session session = jsch.getSession(machine.user(), machine.address(), machine.port());
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setConfig("PreferredAuthentications", "publickey");
        session.setConfig("server_host_key", key.algorithms());
        session.setSocketFactory(wire);
        session.setDaemonThread(true);
        session.setServerAliveInterval((int) patience.alive().toMillis());
        session.setServerAliveCountMax(2);
        // the library's own deadline holds for each single read
        try (var _ = Alarm.in(patience.connect().multipliedBy(2), wire::cut)) {
            session.connect((int) patience.connect().toMillis());
        } catch (JSchException e) {
            wire.cut();
            throw e;
        }
        return new SshConnection(session, wire);
    }

    private static void identify(JSch jsch, Machine machine, Secrets secrets, Patience patience)
            throws JSchException {
        var failure = new SshFailure(machine);
        if (machine.key().equals("agent")) {
            jsch.setIdentityRepository(new SshAgent(failure, secrets, patience.connect()).keys());
            return;
        }
        Path file = Path.of(machine.key().substring("file:".length()));
        try {
            KeyPair pair = KeyPair.load(jsch, Files.readAllBytes(file), null);
            byte @Nullable [] passphrase = passphrase(machine, secrets);
            if (pair.isEncrypted() && !pair.decrypt(passphrase)) {
                throw closed(machine, file, passphrase != null);
            }
            pair.dispose();
            jsch.addIdentity(file.toString(), passphrase);
        } catch (IOException e) {
            throw new ProblemException(
                    failure.told(
                            Phrase.of("the key cannot be read: {0}", Cause.of(e)),
                            Phrase.of("correct key in config/hosts.yml")));
        } catch (JSchException e) {
            throw new ProblemException(
                    failure.told(
                            Phrase.of("{0} is no private key", file),
                            Phrase.of("correct key in config/hosts.yml")));
        }
    }

    private static ProblemException closed(Machine machine, Path file, boolean isTried) {
        String named = machine.passphrase().orElse("");
        Phrase what =
                isTried
                        ? Phrase.of("the passphrase does not open {0}", file)
                        : Phrase.of("the key {0} has a passphrase", file);
        return new ProblemException(
                new SshFailure(machine)
                        .told(
                                named.isEmpty() || isTried
                                        ? what
                                        : Phrase.of("{0}, and {1} holds none", what, named),
                                Phrase.of(
                                        "write passphrase: env:NAME in config/hosts.yml and give"
                                                + " the bot that variable")));
    }

    private static byte @Nullable [] passphrase(Machine machine, Secrets secrets) {
        return machine.passphrase()
                .flatMap(secrets::of)
                .map(Secret::reveal)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElse(null);
    }

    /**
     * @throws JSchException also when the connection is being cut meanwhile: the library gives null
     *     then
     */
    Channel channel(String type) throws JSchException {
        Channel channel = session.openChannel(type);
        if (channel == null) {
            throw new JSchException("the connection is being cut");
        }
        return channel;
    }

    boolean isUp() {
        return session.isConnected();
    }

    /** At once; whoever uses it finds it cut. */
    void cut() {
        // first: the library would wait for a write that does not come to its end
        wire.cut();
        session.disconnect();
    }

    /** Its socket, which alone can be closed at any moment. */
    private static final class Wire implements SocketFactory {
        private final InetSocketAddress at;
        private final Duration within;
        private volatile @Nullable Socket socket;

        Wire(InetSocketAddress at, Duration within) {
            this.at = at;
            this.within = within;
        }

        /** A name may have several addresses, of which not all lead to a server. */
        @Override
        public Socket createSocket(String host, int port) throws IOException {
            InetAddress[] all = InetAddress.getAllByName(at.getHostString());
            Duration each = within.dividedBy(all.length);
            for (int next = 0; ; next++) {
                try {
                    return connected(new InetSocketAddress(all[next], at.getPort()), each);
                } catch (IOException e) {
                    cut();
                    if (next + 1 == all.length) {
                        throw e;
                    }
                    log.debug("{} is not reached by {}", at, all[next], e);
                }
            }
        }

        private Socket connected(InetSocketAddress to, Duration within) throws IOException {
            var made = new Socket();
            socket = made;
            made.setTcpNoDelay(true);
            made.connect(to, (int) within.toMillis());
            return made;
        }

        @Override
        public InputStream getInputStream(Socket of) throws IOException {
            return of.getInputStream();
        }

        @Override
        public OutputStream getOutputStream(Socket of) throws IOException {
            return of.getOutputStream();
        }

        void cut() {
            Socket made = socket;
            if (made != null) {
                try {
                    made.close();
                } catch (IOException e) {
                    log.debug("closing {}", at, e);
                }
            }
        }
    }
}
