package backout.target.compose;

import backout.check.Check;
import backout.check.Severity;
import backout.check.Stage;
import backout.check.Subject;
import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.LogLine;
import backout.http.Http;
import backout.http.HttpProbe;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Secrets;
import backout.plan.Target;
import backout.problem.ProblemException;
import backout.run.Deadline;
import backout.run.Evidence;
import backout.run.Executor;
import backout.run.Outage;
import backout.run.RunEvent.Moment;

import okhttp3.OkHttpClient;

import tools.jackson.databind.JsonNode;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What tells how a compose target is: its checks, the last lines of its log, a watch from outside.
 */
final class Proofs {
    /** More than are kept: the same line again and again is one. */
    private static final int LOG_LINES = 4 * LogTail.MAX_LINES;

    private final Engine engine;
    private final Discovery discovery;
    private final Containers containers;
    private final Secrets secrets;
    private final OkHttpClient http = Http.client();
    private final InstantSource clock;
    private final Pause pause;

    Proofs(
            Engine engine,
            Discovery discovery,
            Containers containers,
            Secrets secrets,
            InstantSource clock,
            Pause pause) {
        this.engine = engine;
        this.discovery = discovery;
        this.containers = containers;
        this.secrets = secrets;
        this.clock = clock;
        this.pause = pause;
    }

    Evidence check(
            Target target, Plan plan, Moment moment, Optional<Evidence> baseline, Deadline by) {
        boolean undone = moment == Moment.AFTER_UNDO;
        List<String> lines = undone ? CheckLines.afterUndo(plan) : plan.checks();
        List<Check> checks = Prover.parse(lines);
        Prover prover = prover(target, wanted(target, plan, undone));
        return switch (moment) {
            case BASELINE -> withNeeds(target, prover.asItIs(checks, by));
            case AFTER_SWITCH -> withNeeds(target, prover.until(checks, baseline, by));
            case SOAK -> withNeeds(target, prover.measured(checks, baseline, by));
            case AFTER_UNDO -> withNeeds(target, prover.again(checks, baseline, by));
        };
    }

    /** What is not well may be so because what it depends on is down. */
    private Evidence withNeeds(Target target, Evidence evidence) {
        if (evidence.isWell()) {
            return evidence;
        }
        String project = target.settings().text("project");
        String service = target.settings().text("service");
        return evidence.with(Dependencies.down(engine, discovery, project, service));
    }

    /** How the release that runs now is, by these checks; what should hold by its limit alone. */
    Evidence standing(Target target, List<String> lines, Deadline by) {
        ContainerSummary container = discovery.container(target);
        var filled = new CheckLines(target, lines, container.imageId(), "").lines();
        List<Check> checks =
                Prover.parse(filled).stream()
                        .map(check ->
                                check.severity() == Severity.MUST ? check : check.byItsLimit())
                        .toList();
        return prover(target, Map.of()).asItIs(checks, by);
    }

    private static Map<String, String> wanted(Target target, Plan plan, boolean undone) {
        var wanted = new HashMap<String, String>();
        plan.steps().stream()
                .filter(Ground::replaces)
                .forEach(
                        step -> wanted.put(step.need("service"), undone ? step.from() : step.to()));
        Plan.Shown own = undone ? plan.from() : plan.to();
        wanted.put(target.settings().text("service"), own.identity());
        return wanted;
    }

    private Prover prover(Target target, Map<String, String> wanted) {
        String project = target.settings().text("project");
        String service = target.settings().text("service");
        var probe = new ContainerProbe(engine, discovery, containers, project, service, wanted);
        return new Prover(probe, probe(target), () -> log(target), clock, pause);
    }

    HttpProbe probe(Target target) {
        return new HttpProbe(http, name -> secrets.named(target.settings(), name));
    }

    /**
     * The last lines that the service's container wrote, without secrets; empty when there is
     * nothing to read, or the target's log is not to be shown.
     */
    private List<Phrase> log(Target target) {
        if (target.settings().flag("hide-log")) {
            return List.of();
        }
        try {
            ContainerSummary container = discovery.container(target);
            var redaction = new Redaction(secretValues(target, container));
            List<String> lines =
                    engine.logs(container.id(), LOG_LINES, false).stream()
                            .map(LogLine::text)
                            .toList();
            return LogTail.of(redaction.of(lines));
        } catch (ProblemException e) {
            return List.of(Phrase.of("(the log could not be read: {0})", e.problem().what()));
        }
    }

    private List<String> secretValues(Target target, ContainerSummary container) {
        var values = new ArrayList<>(secrets.values(target.settings()));
        JsonNode environment =
                engine.inspect(container.id())
                        .map(it -> it.path("Config").path("Env"))
                        .orElseThrow();
        environment
                .valueStream()
                .map(entry -> entry.asString("").split("=", 2))
                .filter(entry -> entry.length == 2 && Redaction.isSecretName(entry[0]))
                .forEach(entry -> values.add(entry[1]));
        return values;
    }

    Executor.Pulse watch(Target target, Plan plan) {
        List<Check> checks = Prover.parse(plan.checks());
        Optional<Subject> health =
                checks.stream()
                        .map(Check::subject)
                        .filter(subject ->
                                subject instanceof Subject.Http asked && asked.secret().isEmpty())
                        .findFirst();
        return health.<Executor.Pulse>map(
                        subject -> new Watch(probe(target), subject, judging(checks, subject)))
                .orElseGet(NothingToWatch::new);
    }

    /** Which release answers makes no answer a wrong one, and neither does how long it takes. */
    private static List<Check> judging(List<Check> checks, Subject subject) {
        return checks.stream()
                .filter(check -> check.severity() == Severity.MUST)
                .filter(check -> check.subject().equals(subject))
                .filter(check -> !Prover.isIdentity(check) && check.stage() != Stage.LIMITS)
                .toList();
    }

    private static final class NothingToWatch implements Executor.Pulse {
        @Override
        public Optional<Outage> seen() {
            return Optional.empty();
        }

        @Override
        public void close() {
            // There is no thread to end
        }
    }
}
