package backout.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.host.Command;
import backout.host.Host;
import backout.host.Output;
import backout.host.Result;
import backout.language.Phrase;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A git folder of our own, for a moment, over the objects of others: of their repositories it obeys
 * no configuration, hook or reference.
 */
final class EmptyGit implements AutoCloseable {
    static final Duration WITHIN = Duration.ofSeconds(20);

    private final Host host;
    private final Host.ScratchFolder folder;
    private final Map<String, String> environment;
    private final String where;

    private EmptyGit(
            Host host, Host.ScratchFolder folder, Map<String, String> environment, String where) {
        this.host = host;
        this.folder = folder;
        this.environment = environment;
        this.where = where;
    }

    /**
     * As {@code git init --bare} makes it, as far as git insists on it.
     *
     * @param hash any that the objects are named by; its length tells of which kind they are
     * @param more files in it
     * @param variables over those that every git of ours gets
     * @param where what people are told when git says no
     */
    static EmptyGit of(
            Host host,
            String hash,
            Map<String, byte[]> more,
            Map<String, String> variables,
            String where) {
        var files = new HashMap<>(more);
        files.put("refs/", new byte[0]);
        files.put("objects/", new byte[0]);
        files.put("HEAD", HEAD.getBytes(UTF_8));
        files.put("config", config(hash).getBytes(UTF_8));
        var environment = new HashMap<>(ALWAYS);
        environment.putAll(variables);
        return new EmptyGit(host, host.scratch(files), environment, where);
    }

    private static String config(String hash) {
        return "[core]\n\tbare = true\n\trepositoryformatversion = "
                + (hash.length() == 64 ? "1\n[extensions]\n\tobjectFormat = sha256\n" : "0\n");
    }

    private static final String HEAD = "ref: refs/heads/none\n";

    private static final Map<String, String> ALWAYS =
            Map.of(
                    "GIT_CONFIG_NOSYSTEM", "1",
                    "GIT_CONFIG_GLOBAL", "/dev/null",
                    "GIT_CONFIG_COUNT", "0",
                    "GIT_ATTR_NOSYSTEM", "1",
                    "GIT_OPTIONAL_LOCKS", "0",
                    "GIT_NO_REPLACE_OBJECTS", "1",
                    "GIT_NO_LAZY_FETCH", "1",
                    "GIT_TERMINAL_PROMPT", "0");

    /** The same for a shell: makes {@code $git}, and {@code own}, which is the git that asks it. */
    static List<String> typed(String hash, Map<String, String> variables) {
        var environment = new TreeMap<>(ALWAYS);
        environment.putAll(variables);
        String pairs =
                environment.entrySet().stream()
                        .map(one -> one.getKey() + "=" + Command.typed(List.of(one.getValue())))
                        .collect(Collectors.joining(" "));
        return List.of(
                "git=$(mktemp -d) && mkdir \"$git/refs\" \"$git/objects\" \"$git/info\"",
                "printf '" + printed(HEAD) + "' > \"$git/HEAD\"",
                "printf '" + printed(config(hash)) + "' > \"$git/config\"",
                "own() { " + pairs + " git --git-dir=\"$git\" --no-pager \"$@\"; }");
    }

    private static String printed(String text) {
        return text.replace("\n", "\\n").replace("\t", "\\t");
    }

    Path path() {
        return folder.path();
    }

    /** What it prints. */
    Output ask(List<String> words) {
        return ask(path(), words);
    }

    Output ask(Path in, List<String> words) {
        Result.Exited exited = run(WITHIN, in, words);
        if (!exited.isSuccess()) {
            throw GitObjects.unreadable(where, Phrase.of("git ended with {0}", exited.exitCode()));
        }
        return exited.stdout();
    }

    Result.Exited run(Duration within, Path in, List<String> words) {
        return host.run(command(within, words).in(in)).exited();
    }

    Command command(Duration within, List<String> words) {
        var argv = new ArrayList<>(List.of("git", "--git-dir=" + path(), "--no-pager"));
        argv.addAll(words);
        return Command.of(within, argv).in(path()).with(environment);
    }

    @Override
    public void close() {
        folder.close();
    }
}
