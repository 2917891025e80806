package backout.supervisor;

import backout.host.Command;
import backout.host.Host;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Redaction;
import backout.run.Pause;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds out who keeps a service of one machine running. */
public final class Supervisors {
    private static final Pattern SECRET =
            Pattern.compile("(?i)--?[\\w-]*(pass|secret|token|key|credential|auth)[\\w-]*");

    private final Hands hands;

    public Supervisors(Host host, Pause pause) {
        this.hands = new Hands(host, pause);
    }

    /**
     * What runs out of a folder and who owns it, and who would run but is stopped or crashes. Only
     * looks.
     *
     * @param folder the checkout; or the folder that holds {@code releases} and {@code current}, or
     *     one of its releases: then all releases count, as a process may be stuck in an older one
     * @param port where it serves, when that is known
     * @throws ProblemException when there is no such folder, or nobody could look
     */
    public Found find(Path folder, OptionalInt port) {
        return new Finding(hands, folder, port).found();
    }

    /**
     * The same as once kept.
     *
     * @param texts of {@link Supervisor#texts}
     * @throws IllegalArgumentException when they are no such texts
     */
    public Supervisor of(Map<String, String> texts) {
        return switch (text(texts, "kind")) {
            case "systemd" -> Systemd.of(hands, texts);
            case "pm2" -> Pm2.of(hands, texts);
            case "pid-file" -> PidFile.of(hands, texts);
            case "plain" -> Plain.of(hands, texts);
            case String other -> throw new IllegalArgumentException("no supervisor " + other);
        };
    }

    /**
     * The last lines that it wrote, each cut, without these secrets and those that it was given;
     * empty where nobody knows where it writes, as of a process that has ended.
     *
     * @param lines at most so many of each file
     * @throws ProblemException when nobody could look
     */
    public List<String> written(Supervisor owner, int lines, Collection<String> secrets) {
        return new Written(hands).last(owner, lines, secrets);
    }

    static String text(Map<String, String> texts, String key) {
        return Optional.ofNullable(texts.get(key))
                .orElseThrow(() -> new IllegalArgumentException("no " + key));
    }

    static OptionalInt number(Map<String, String> texts, String key) {
        return texts.containsKey(key)
                ? OptionalInt.of(Integer.parseInt(text(texts, key)))
                : OptionalInt.empty();
    }

    static Path real(Host host, Path folder) {
        return host.real(folder)
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of("there is no folder {0}", folder),
                                host.name(),
                                Phrase.of("Correct the folder in the target, or make it there")));
    }

    static boolean isRelease(String home) {
        return home.contains("/releases/");
    }

    /** Whether it is in one of these folders, or its program or first script is. */
    static boolean isIn(Processes.One one, List<Path> folders) {
        return place(one, folders).isPresent();
    }

    /** What of it lies in one of these folders. */
    static Optional<Path> place(Processes.One one, List<Path> folders) {
        var script =
                one.argv().stream()
                        .skip(1)
                        .filter(word -> word.startsWith("/") && word.indexOf('\0') < 0)
                        .findFirst()
                        .map(Path::of);
        return Stream.of(one.cwd(), one.exe(), script)
                .flatMap(Optional::stream)
                .filter(path -> folders.stream().anyMatch(path::startsWith))
                .findFirst();
    }

    /** A command line as a person types it, without what looks like a secret. */
    static String line(List<String> argv) {
        var words = new ArrayList<String>();
        for (String word : argv) {
            boolean isValue = !words.isEmpty() && SECRET.matcher(words.getLast()).matches();
            words.add(isValue ? "***" : word);
        }
        return Redaction.patterns(Command.typed(words));
    }

    /** A process for people. */
    static String told(Processes.One one) {
        String line = line(one.argv());
        String says = line.isBlank() ? one.name() : line;
        return "pid "
                + one.pid()
                + ", uid "
                + one.uid()
                + (one.contained() ? ", in a container, " : ", ")
                + (says.length() > 100 ? says.substring(0, 99) + "…" : says);
    }

    static List<String> holders(Processes now, int port) {
        return now.listeners().getOrDefault(port, List.of()).stream()
                .map(who ->
                        who.pid()
                                .flatMap(pid -> Optional.ofNullable(now.all().get(pid)))
                                .map(Supervisors::told)
                                .orElse("uid " + who.uid()))
                .distinct()
                .toList();
    }
}
