package backout.host;

import backout.language.Phrase;
import backout.problem.Problem;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Why nobody is reached at a socket of another machine. */
final class SshSocket {
    private static final Duration QUICK = Duration.ofSeconds(30);

    private final SshHost host;
    private final Machine machine;

    SshSocket(SshHost host, Machine machine) {
        this.host = host;
        this.machine = machine;
    }

    /** Empty where nothing is known that is more than "nobody listens". */
    Optional<Problem> amiss(String path) {
        Command look = SshScript.SOCKET.command(QUICK, path);
        List<String> said = host.run(look).exited().stdout().text().lines().toList();
        return switch (said.isEmpty() ? "" : said.getFirst()) {
            case "none", "other" -> Optional.of(none(path, said.subList(1, said.size())));
            case "closed" -> closed(path, look);
            default -> Optional.empty();
        };
    }

    private Problem none(String path, List<String> own) {
        return told(
                Phrase.of("user {0} finds no engine at {1}", machine.user(), path),
                own.isEmpty()
                        ? Phrase.of(
                                "start docker there, or write where it listens into"
                                        + " config/hosts.yml: docker: unix:///PATH")
                        : Phrase.of(
                                "there is one of that user alone: write into config/hosts.yml:"
                                        + " docker: unix://{0}",
                                own.getFirst()));
    }

    /** Whoever was let in before a right was given does not have it: the next login has. */
    private Optional<Problem> closed(String path, Command look) {
        var said = new ByteArrayOutputStream();
        host.run(look.into(said)).exited();
        if (said.toString(StandardCharsets.UTF_8).startsWith("open")) {
            host.close();
            return Optional.empty();
        }
        return Optional.of(
                told(
                        Phrase.of("user {0} may not use {1}", machine.user(), path),
                        Phrase.of(
                                "say there, as root: usermod -aG docker {0}; the bot need not be"
                                        + " started again",
                                Command.typed(List.of(machine.user())))));
    }

    private Problem told(Phrase what, Phrase next) {
        return new SshFailure(machine).told(what, next);
    }
}
