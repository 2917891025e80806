package backout.executor.dns;

import backout.check.Probe;
import backout.dns.Records;
import backout.dns.ZoneDns;
import backout.host.Workplace;
import backout.http.Http;
import backout.http.HttpProbe;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Readiness;
import backout.plan.Release;
import backout.plan.Remedy;
import backout.plan.Secrets;
import backout.plan.Step;
import backout.plan.Target;
import backout.plan.TargetKind;
import backout.problem.ProblemException;
import backout.run.Action;
import backout.run.Deadline;
import backout.run.Executor;
import backout.run.Outlook;
import backout.run.Probes;
import backout.run.ReportedVersion;
import backout.run.Request;
import backout.run.Running;

import okhttp3.Dns;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Leads the names of a service to its standby, or back, by changing their records. */
public final class DnsExecutor implements Executor {
    /** What targets of kind dns and their commands may have. */
    public static final TargetKind KIND =
            new TargetKind(
                    "dns",
                    DnsSettings.ALL,
                    List.of(Planner.START),
                    List.of(Planner.SWITCH, TtlPlanner.TTL),
                    Remedy.of(Remedy.Sort.STANDBY, Remedy.Difficulty.LOW).byHand("15–40"));

    private final Workplace place;
    private final Secrets secrets;

    private DnsExecutor(Workplace place, Secrets secrets) {
        this.place = place;
        this.secrets = secrets;
    }

    /** Connects to nothing yet. */
    public static DnsExecutor of(Workplace place) {
        return new DnsExecutor(place, place.secrets());
    }

    private Site site(Target target) {
        return new Site(target, zones());
    }

    private Zones zones() {
        return new Zones(secrets, place.hosts().named("local"), place.clock());
    }

    private Planner planner(Target target) {
        return new Planner(site(target), new Looks(secrets).all());
    }

    @Override
    public Outlook look(Request request, Deadline by) {
        return planner(request.target()).look(request, place.clock().instant(), by);
    }

    @Override
    public Plan plan(Request request, Deadline by) {
        var planner = new TtlPlanner(site(request.target()), new Looks(secrets).ofTimes());
        return TtlPlanner.isMeant(request)
                ? planner.plan(request, place.clock().instant(), by)
                : Executor.super.plan(request, by);
    }

    @Override
    public List<Phrase> changed(Target target, Plan plan, Deadline by) {
        return planner(target).changed(plan);
    }

    @Override
    public Map<String, Action> actions() {
        var move = new RecordMove(zones());
        return Map.of(Planner.START, start(), Planner.SWITCH, move, TtlPlanner.TTL, move);
    }

    @Override
    public Probes probes(Target target, Optional<Plan> plan, boolean undone) {
        Site site = site(target);
        List<Step> started =
                plan.filter(_ -> !undone).map(Plan::steps).orElse(List.of()).stream()
                        .filter(step -> step.action().equals(Planner.START))
                        .toList();
        return new DnsEyes(
                site,
                http(site),
                () -> started.stream().flatMap(step -> start().log(step).stream()).toList());
    }

    private StartTask start() {
        return new StartTask(place.hosts(), secrets, place.pause());
    }

    private Probe http(Site site) {
        var led = new ZoneDns(site.zone(), site.servers().servers(), Dns.SYSTEM);
        return new HttpProbe(
                Http.client().newBuilder().dns(led).build(),
                name -> secrets.named(site.target().settings(), name));
    }

    @Override
    public Optional<Running> sight(Target target, Deadline by) {
        Site site = site(target);
        Records now = site.now();
        return Optional.of(
                new Running(
                        now.identity(),
                        now.text(),
                        now.place(),
                        new ReportedVersion(http(site)).of(target, by)));
    }

    @Override
    public Optional<String> reach(Target target) {
        Site site = site(target);
        return Optional.of(site.zone() + " leads to " + site.now().place());
    }

    @Override
    public Optional<Readiness> standby(Target target, Ledger ledger, List<String> checks) {
        return Optional.of(
                new StandbyLook(
                                target,
                                site(target).names(),
                                place.hosts(),
                                secrets,
                                place.clock().instant())
                        .look(ledger, checks));
    }

    @Override
    public Optional<Phrase> lost(Target target, Release release) {
        try {
            var _ = Records.parse(release.source());
            return Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ProblemException _) {
            return Optional.of(Phrase.of("its records were not kept"));
        }
    }
}
