package backout.executor.compose;

import backout.check.Probe;
import backout.check.Reading;
import backout.check.Secret;
import backout.check.Subject;
import backout.docker.ContainerProbe;
import backout.docker.ContainerState;
import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.LogLine;
import backout.host.Host;
import backout.http.FarProbe;
import backout.http.Http;
import backout.http.HttpProbe;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Secrets;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Redaction;
import backout.run.LogTail;
import backout.run.Pause;
import backout.run.Probes;

import okhttp3.OkHttpClient;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a compose target is looked at with: its containers, its addresses, the last lines of its
 * log.
 */
final class Eyes {
    /** More than are kept: the same line again and again is one. */
    private static final int LOG_LINES = 4 * LogTail.MAX_LINES;

    /** A container that crashed so often is not waited for. */
    private static final int HOPELESS_RESTARTS = 3;

    private final Engine engine;
    private final Host host;
    private final Discovery discovery;
    private final Secrets secrets;
    private final OkHttpClient http = Http.client();

    Eyes(Engine engine, Host host, Discovery discovery, Secrets secrets) {
        this.engine = engine;
        this.host = host;
        this.discovery = discovery;
        this.secrets = secrets;
    }

    Probes open(Target target, Optional<Plan> plan, boolean undone) {
        Map<String, String> wanted = plan.map(it -> wanted(target, it, undone)).orElseGet(Map::of);
        return new Series(target, wanted);
    }

    /** Which image each service that the plan moves should run then. */
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

    /** Asks over HTTP, from where the target says. */
    Probe probe(Target target) {
        Function<String, Optional<Secret>> named = name -> secrets.named(target.settings(), name);
        return !target.isHere() && target.settings().text("from").equals("host")
                ? new FarProbe(host, http, named)
                : new HttpProbe(http, named);
    }

    private final class Series implements Probes {
        private final Target target;
        private final ContainerProbe container;
        private final Probe address;

        Series(Target target, Map<String, String> wanted) {
            this.target = target;
            this.container =
                    new ContainerProbe(
                            engine,
                            service ->
                                    discovery.containers(
                                            target.settings().text("project"), service),
                            target.settings().text("service"),
                            wanted);
            this.address = probe(target);
        }

        @Override
        public Reading look(Subject subject, Duration within) {
            return switch (subject) {
                case Subject.Http asked -> address.look(asked, within);
                case Subject.Container asked -> container.look(asked, within);
                case Subject.Redis _, Subject.Disk _ ->
                        new Reading.NotSeen(
                                Problem.of(
                                        Phrase.of(
                                                "a compose target has no probe for {0}",
                                                subject.word()),
                                        Phrase.of("take the check out")));
            };
        }

        @Override
        public String running() {
            return discovery.container(target).imageId();
        }

        @Override
        public void repeatedly(Pause pause) {
            container.measure(pause);
        }

        @Override
        public boolean isHopeless() {
            try {
                return container.state().filter(Eyes::isHopeless).isPresent();
            } catch (ProblemException unknown) {
                // An engine that does not tell is no reason to give up; the looks say so themselves
                return false;
            }
        }

        @Override
        public List<Phrase> log() {
            return Eyes.this.log(target);
        }

        @Override
        public List<Phrase> outside() {
            return Dependencies.down(
                    engine,
                    discovery,
                    target.settings().text("project"),
                    target.settings().text("service"));
        }

        @Override
        public void close() {
            container.close();
        }
    }

    private static boolean isHopeless(ContainerState state) {
        boolean isOver =
                !state.isRunning() && !state.isRestarting() && state.startedAt().isPresent();
        return isOver || state.restartCount() >= HOPELESS_RESTARTS;
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
}
