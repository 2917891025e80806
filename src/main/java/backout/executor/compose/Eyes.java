package backout.executor.compose;

import backout.check.Probe;
import backout.check.Reading;
import backout.check.Secret;
import backout.check.Subject;
import backout.docker.ContainerLog;
import backout.docker.ContainerProbe;
import backout.docker.ContainerState;
import backout.docker.Engine;
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
import backout.run.Pause;
import backout.run.Probes;

import okhttp3.OkHttpClient;

import java.time.Duration;
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
    private final Engine engine;
    private final Host host;
    private final Discovery discovery;
    private final Secrets secrets;
    private final ContainerLog log;
    private final OkHttpClient http = Http.client();

    Eyes(Engine engine, Host host, Discovery discovery, Secrets secrets) {
        this.engine = engine;
        this.host = host;
        this.discovery = discovery;
        this.secrets = secrets;
        this.log = new ContainerLog(engine, secrets);
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
                return container.state().filter(ContainerState::isHopeless).isPresent();
            } catch (ProblemException unknown) {
                // An engine that does not tell is no reason to give up; the looks say so themselves
                return false;
            }
        }

        @Override
        public List<Phrase> log() {
            return log.last(target, () -> discovery.container(target));
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
}
