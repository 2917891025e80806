package backout.host;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchException;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a machine did not let the bot in, in words. */
final class SshFailure {
    private final Machine machine;

    SshFailure(Machine machine) {
        this.machine = machine;
    }

    Problem unpinned() {
        return told(
                Phrase.of("it is not known by which key this machine is recognised"),
                Phrase.of(
                        "write its host-key into config/hosts.yml: bot/backout hosts scan {0}"
                                + " prints it, to be compared",
                        machine.name()));
    }

    Problem notIn(JSchException failure, PinnedKey key) {
        return switch (failure) {
            case JSchChangedHostKeyException _ -> changed(key);
            case JSchAlgoNegoFailException other -> disagreement(other);
            default -> bySaying(String.valueOf(failure.getMessage()), failure);
        };
    }

    /** The library has words alone for these. */
    private Problem bySaying(String said, JSchException failure) {
        if (said.startsWith("Auth ")) {
            return refused();
        }
        if (said.contains("Too many authentication failures")) {
            return tooManyKeys();
        }
        return said.contains("closed by foreign host") || said.contains("Connection reset")
                ? hungUp()
                : unreachable(failure);
    }

    private Problem tooManyKeys() {
        return told(
                Phrase.of(
                        "its SSH server did not try all keys of the agent: it takes no more than a"
                                + " few for one login (MaxAuthTries)"),
                Phrase.of(
                        "keep only those in the agent that are needed, or name the right one in"
                                + " config/hosts.yml: key: file:PATH"));
    }

    private Problem hungUp() {
        return told(
                Phrase.of(
                        "its SSH server hung up before it let anybody in: too many knock at once"
                                + " (MaxStartups), or it bans the bot's address"),
                Phrase.of("ask again in a minute; if it stays so, look at that server's log"));
    }

    private Problem changed(PinnedKey key) {
        return told(
                Phrase.of(
                        "the machine shows another key ({0}) than the pinned one ({1}): it is"
                            + " another machine, was set up anew, or somebody stands in between;"
                            + " nothing was done there",
                        key.shownFingerprint().orElse("?"), key.fingerprint()),
                Phrase.of(
                        "find out which; only if the new key is right, write it into"
                                + " config/hosts.yml"));
    }

    private Problem disagreement(JSchAlgoNegoFailException failure) {
        boolean ofKey = failure.getAlgorithmName().equals("server_host_key");
        return ofKey
                ? told(
                        Phrase.of(
                                "the machine has no key of the pinned kind; it has: {0}",
                                failure.getServerProposal()),
                        Phrase.of(
                                "compare and pin one that it has: bot/backout hosts scan {0}",
                                machine.name()))
                : told(
                        Phrase.of(
                                "the machine and the bot have no {0} in common; it has: {1}",
                                failure.getAlgorithmName(), failure.getServerProposal()),
                        Phrase.of("update its SSH server"));
    }

    private Problem refused() {
        return told(
                Phrase.of("user {0} is not let in with that key", machine.user()),
                Phrase.of(
                        "put its public key into ~{0}/.ssh/authorized_keys there, or correct user"
                                + " and key in config/hosts.yml",
                        machine.user()));
    }

    private Problem unreachable(Throwable failure) {
        if (causes(failure).anyMatch(UnknownHostException.class::isInstance)) {
            return told(
                    Phrase.of("there is no machine of the name {0}", machine.address()),
                    Phrase.of(
                            "write its real name or IP address into config/hosts.yml; names of"
                                    + " ~/.ssh/config are not known to the bot: ssh -G {0} shows"
                                    + " what stands behind one",
                            machine.address()));
        }
        return told(
                Phrase.of(
                        "there is no connection to {0} port {1}: {2}",
                        machine.address(), Integer.toString(machine.port()), why(failure)),
                Phrase.of("check that the machine is up and that its SSH port is open to the bot"));
    }

    /** The first cause that has words of its own. */
    static Phrase why(Throwable failure) {
        return causes(failure)
                .flatMap(one -> known(one).stream())
                .findFirst()
                .orElseGet(() -> Cause.of(failure));
    }

    private static Optional<Phrase> known(Throwable cause) {
        return switch (cause) {
            case ConnectException _ -> Optional.of(Phrase.of("nobody listens there"));
            case NoRouteToHostException _ -> Optional.of(Phrase.of("there is no way to it"));
            case SocketTimeoutException _ -> Optional.of(Phrase.of("it does not answer"));
            default -> Optional.empty();
        };
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause).limit(10);
    }

    Problem noChannel(Phrase why) {
        return told(
                Phrase.of("the machine lets the bot in and then opens nothing: {0}", why),
                Phrase.of("look at the log and the settings of its SSH server"));
    }

    Problem told(Phrase what, Phrase next) {
        return new Problem(what, machine.host(), next);
    }
}
