package backout.executor.dns;

import backout.host.Command;
import backout.host.Host;
import backout.host.Hosts;
import backout.host.Output;
import backout.host.Result;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.plan.Settings;
import backout.plan.Step;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Redaction;
import backout.run.Findings;
import backout.run.LogTail;
import backout.run.Pause;
import backout.run.Receipt;
import backout.run.Script;
import backout.run.Task;
import backout.run.Work;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts what of the standby does not run, and waits until its checks hold there. Nobody is led
 * there yet, so nobody feels it.
 */
record StartTask(Hosts hosts, Secrets secrets, Pause pause) implements Task {
    static final String HIDE_LOG = "hide-log";

    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofSeconds(20);
    private static final Duration EACH = Duration.ofSeconds(2);

    @Override
    public Duration within(Step step) {
        return WITHIN;
    }

    /** Whether it still serves is asked each time. */
    @Override
    public boolean done(Step step, Optional<Receipt> receipt) {
        return false;
    }

    @Override
    public Phrase perform(Step step, Work work) {
        Host host = hosts.named(step.need("host"));
        work.requireTime();
        run(host, step, WITHIN.minus(LOOK), "up", "--detach");
        Findings findings = serve(step);
        while (!findings.red().isEmpty() && work.by().left().compareTo(LOOK) > 0) {
            pause.waitFor(EACH);
            findings = serve(step);
        }
        if (!findings.red().isEmpty()) {
            throw unwell(host, step, findings.red().getFirst());
        }
        return Phrase.of("it runs, and its checks hold at {0}", step.need("addresses"));
    }

    private static Output run(Host host, Step step, Duration within, String... words) {
        List<String> argv =
                Stream.concat(Stream.of("docker", "compose"), Stream.of(words)).toList();
        var folder = Path.of(step.need("compose"));
        Result.Exited end = host.run(Command.of(within, argv).in(folder)).exited();
        if (!end.isSuccess()) {
            throw Problem.stop(
                    Phrase.of(
                            "the standby cannot be started: {0} ends with {1}: {2}",
                            end.command().summary(), end.exitCode(), end.stderr().text().strip()),
                    host.name(),
                    Phrase.of("start it by hand in {0}, then ask again", folder));
        }
        return end.stdout();
    }

    private Findings serve(Step step) {
        var settings =
                new Settings(
                        Map.of(
                                "url", URI.create(step.need("url")),
                                "secrets", secretsOf(step)));
        var findings = Findings.fine();
        for (String address : lines(step.need("addresses"))) {
            findings =
                    findings.and(
                            new Place(address, names(step), settings, secrets)
                                    .serves(checks(step)));
        }
        return findings;
    }

    private static List<String> names(Step step) {
        return lines(step.with().getOrDefault("names", "")); // older plans have none
    }

    private static List<String> checks(Step step) {
        return lines(step.need("checks"));
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    private static Map<String, String> secretsOf(Step step) {
        var named = new java.util.LinkedHashMap<String, String>();
        lines(step.need("secrets"))
                .forEach(line -> named.put(line.split("=", 2)[0], line.split("=", 2)[1]));
        return named;
    }

    private RuntimeException unwell(Host host, Step step, Problem why) {
        return Problem.stop(
                Phrase.of(
                        "the standby was started and is unwell: {0}. Its log: {1}",
                        why.what(), Phrase.joined("\n", log(step))),
                host.name(),
                Phrase.of("mend it there; nobody is led there now"));
    }

    /** Its last lines without secrets, or why nobody could read them. */
    List<Phrase> log(Step step) {
        if (step.with().getOrDefault(HIDE_LOG, "").equals("true")) {
            return List.of();
        }
        var values =
                secretsOf(step).values().stream()
                        .flatMap(reference -> secrets.of(reference).stream())
                        .map(one -> one.reveal())
                        .toList();
        try {
            Host host = hosts.named(step.need("host"));
            Output said = run(host, step, LOOK, "logs", "--no-color", "--tail", "50");
            return LogTail.of(new Redaction(values).of(said.lines()));
        } catch (ProblemException e) {
            return List.of(e.problem().what());
        }
    }

    /** It stays up: a standby that runs harms nobody. */
    @Override
    public void cleanUp(Step step, Optional<Receipt> receipt, Work work) {}

    @Override
    public Script script(Step step) {
        return Script.NOTHING.noting(
                Phrase.of(
                        "before it: on {0}, in {1}: docker compose up -d, and see that it is well",
                        step.need("host"), step.need("compose")));
    }
}
