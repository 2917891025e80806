package backout.executor.dns;

import backout.dns.Provider;
import backout.dns.RecordSet;
import backout.dns.Records;
import backout.host.Command;
import backout.host.Host;
import backout.host.Result;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Redaction;
import backout.run.Script;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A zone that a program of the operators reads and changes, for whoever is none of the others. It
 * is run on the bot's own machine with {@code read ZONE} or {@code change ZONE} behind its own
 * arguments, and the key in {@code DNS_KEY}. Reading prints all records of types A, AAAA, CNAME and
 * HTTPS, one a line, as zone files have them: {@code www.vidfab.ai. 300 A 192.0.2.1}. Changing
 * reads such lines, {@code -} before those that go and {@code +} before those that come. It ends
 * with 0 when that is done; with another code it should have changed nothing.
 *
 * @param argv the program and its arguments
 * @param key {@code env:NAME} or {@code file:PATH}
 * @param leastTtl in seconds
 */
record ProgramZone(
        String zone, List<String> argv, String key, Secrets secrets, Host here, long leastTtl)
        implements Provider {
    private static final Duration WITHIN = Duration.ofSeconds(30);

    @Override
    public Records read(List<String> names) {
        List<RecordSet> ours =
                all().sets().stream().filter(set -> names.contains(set.name())).toList();
        return new Records(ours);
    }

    private Records all() {
        String told = run("read", "");
        try {
            return Records.parse(String.join("\n", told.lines().map(ProgramZone::known).toList()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            throw Problem.stop(
                    Phrase.of("{0} printed something that is no record", argv.getFirst()),
                    Phrase.of(
                            "let it print lines such as {0}", "www." + zone + " 300 A 192.0.2.1"));
        }
    }

    /** Other types are none of our business. What is no record is kept, so that it is told. */
    private static String known(String line) {
        String[] words =
                line.strip().replaceFirst("^(\\S+\\s+\\d+)\\s+IN\\s", "$1 ").split("\\s+", 4);
        if (words.length < 4 || !words[1].matches("\\d+")) {
            return String.join(" ", words);
        }
        return RecordSet.TYPES.contains(words[2])
                ? "%s %s %s %s"
                        .formatted(
                                words[0], words[1], words[2], RecordSet.written(words[2], words[3]))
                : "";
    }

    @Override
    public OptionalInt size() {
        return OptionalInt.empty(); // it shows only what leads people
    }

    /** Nothing can be tried there without being done. */
    @Override
    public void rehearse(Records before, Records after) {
        requireUnchanged(before, after);
    }

    @Override
    public void change(Records before, Records after, Runnable going) {
        requireUnchanged(before, after);
        var lines = new ArrayList<String>();
        List<Records.Change> changes = before.changes(after);
        changes.forEach(one -> lines.addAll(lines("- ", one.before())));
        changes.forEach(one -> lines.addAll(lines("+ ", one.after())));
        var _ = run("change", String.join("\n", lines) + "\n");
    }

    private static List<String> lines(String sign, Optional<RecordSet> set) {
        return set.stream().flatMap(one -> one.lines().stream()).map(line -> sign + line).toList();
    }

    private void requireUnchanged(Records before, Records after) {
        before.requireSame(read(before.names(after)));
    }

    private String run(String what, String input) {
        var all = new ArrayList<>(argv);
        all.addAll(List.of(what, zone));
        String secret =
                secrets.of(key)
                        .orElseThrow(() ->
                                Problem.stop(
                                        Phrase.of("the key of the zone is not there: {0}", key),
                                        Phrase.of(
                                                "set it where the bot and this command are"
                                                        + " started, then ask again")))
                        .reveal();
        Command command =
                Command.of(WITHIN, all)
                        .with(Map.of("DNS_KEY", secret))
                        .feeding(input.getBytes(StandardCharsets.UTF_8));
        Result result = here.run(command);
        if (result instanceof Result.CutOff cut) {
            throw ProblemException.unseen(cut.problem());
        }
        Result.Exited ended = result.exited();
        if (!ended.isSuccess()) {
            throw Problem.stop(
                    Phrase.of(
                            "{0} {1} ended with {2}: {3}",
                            argv.getFirst(), what, ended.exitCode(), said(ended, secret)),
                    Phrase.of("see what it says when you run it"));
        }
        return ended.stdout().text();
    }

    private static String said(Result.Exited ended, String secret) {
        String last =
                ended.stderr()
                        .text()
                        .lines()
                        .filter(line -> !line.isBlank())
                        .reduce((_, line) -> line)
                        .orElse("it said nothing");
        return new Redaction(List.of(secret)).of(last);
    }

    @Override
    public boolean changesAtOnce() {
        return false;
    }

    @Override
    public Script script(Records before, Records after) {
        throw Problem.stop(
                Phrase.of("no script changes a zone by {0}", argv.getFirst()),
                Phrase.of("change its records as the plan shows them"));
    }
}
