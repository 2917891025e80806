package backout.host;

import backout.check.Secret;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.problem.ProblemException;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.SSHAgentConnector;
import com.jcraft.jsch.USocketFactory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;

/** The keys of the SSH agent that the bot was given. */
final class SshAgent {
    private static final Logger log = LoggerFactory.getLogger(SshAgent.class);
    private static final String WHERE = "SSH_AUTH_SOCK";

    private final SshFailure failure;
    private final Secrets secrets;
    private final Duration within;

    /**
     * @param within how long each question to the agent may take
     */
    SshAgent(SshFailure failure, Secrets secrets, Duration within) {
        this.failure = failure;
        this.secrets = secrets;
        this.within = within;
    }

    /**
     * One at least.
     *
     * @throws ProblemException when there is no agent, or it has none
     */
    AgentIdentityRepository keys() {
        String where = secrets.of("env:" + WHERE).map(Secret::reveal).orElse("");
        if (where.isEmpty()) {
            throw none(Phrase.of("no SSH agent is named: {0} is not set", WHERE));
        }
        try {
            var connector = new SSHAgentConnector(new Asking(within), Path.of(where));
            if (!connector.isAvailable()) {
                throw none(Phrase.of("no SSH agent answers at {0}", where));
            }
            var agent = new AgentIdentityRepository(connector);
            if (agent.getIdentities().isEmpty()) {
                throw new ProblemException(
                        failure.told(
                                Phrase.of("the SSH agent has no key, or does not answer"),
                                Phrase.of("ssh-add one, where SSH_AUTH_SOCK leads")));
            }
            return agent;
        } catch (InvalidPathException e) {
            throw none(Phrase.of("no SSH agent answers at {0}", where));
        }
    }

    private ProblemException none(Phrase what) {
        return new ProblemException(
                failure.told(
                        what,
                        Phrase.of(
                                "start one, and give the bot its SSH_AUTH_SOCK; or name a key in"
                                        + " config/hosts.yml: key: file:PATH")));
    }

    /** The library would wait for an answer for ever. */
    private record Asking(Duration within) implements USocketFactory {
        @Override
        public SocketChannel connect(Path path) throws IOException {
            var asked = SocketChannel.open(UnixDomainSocketAddress.of(path));
            var _ = Alarm.in(within, () -> giveUp(asked));
            return asked;
        }

        private static void giveUp(SocketChannel asked) {
            try {
                asked.close();
            } catch (IOException e) {
                log.debug("closing the way to the agent", e);
            }
        }

        @Override
        public ServerSocketChannel bind(Path path) {
            throw new UnsupportedOperationException("nobody is served");
        }
    }
}
