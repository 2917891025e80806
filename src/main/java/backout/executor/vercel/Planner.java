package backout.executor.vercel;

import backout.language.Phrase;
import backout.plan.Chosen;
import backout.plan.Plan;
import backout.plan.Releases;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.Target;
import backout.problem.Problem;
import backout.run.Deadline;
import backout.run.Draft;
import backout.run.Findings;
import backout.run.Outlook;
import backout.run.Preflight;
import backout.run.Request;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the project, and says what would be done to bring a deployment. */
record Planner(Vercel vercel, Preflight<Prospect> preflight) {
    static final String SWITCH = "vercel.rollback";

    Outlook look(Request request, Instant now, Deadline by) {
        Project project = vercel.project(request.target().settings().text("project"));
        var domains = vercel.domains(project.id());
        String current = current(request.target(), project, domains);
        var releases = new DeploymentReleases(vercel.deployments(project.id()), now);
        Plan.Shown from =
                request.ledger()
                        .shown(
                                current,
                                releases.byId(current).map(Deployment::name).orElse(current));
        return new Seen(
                this, request, project, from, served(project, domains, current), releases, by);
    }

    /**
     * The deployment that people are served by.
     *
     * @throws backout.problem.ProblemException when the production domain is none of the project's
     */
    static String current(Target target, Project project, Map<String, String> domains) {
        String host = target.settings().url("url").orElseThrow().getHost();
        return Optional.ofNullable(domains.get(host))
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of(
                                        "{0} is no domain of the project {1} on Vercel",
                                        host, target.settings().text("project")),
                                target.file(),
                                Phrase.of(
                                        "its domains: {0}",
                                        Phrase.list(List.copyOf(domains.keySet())))));
    }

    /** The names of its production: those of branches and of single deployments stay. */
    private static Map<String, String> served(
            Project project, Map<String, String> domains, String current) {
        var served = new LinkedHashMap<String, String>();
        domains.forEach((name, at) -> {
            boolean isOfProduction =
                    at.equals(current)
                            || at.equals(project.production())
                            || project.domains().contains(name);
            if (isOfProduction) {
                served.put(name, at);
            }
        });
        return served;
    }

    /** What of the plan's ground no longer holds. */
    List<Phrase> changed(Target target, Plan plan) {
        Project project = vercel.project(target.settings().text("project"));
        String current = current(target, project, vercel.domains(project.id()));
        return current.equals(plan.from().identity())
                ? List.of()
                : List.of(Phrase.of("another deployment serves now: {0}", current));
    }

    private record Seen(
            Planner planner,
            Request request,
            Project project,
            Plan.Shown from,
            Map<String, String> domains,
            DeploymentReleases deployments,
            Deadline by)
            implements Outlook {
        @Override
        public Releases releases() {
            return deployments;
        }

        @Override
        public List<Phrase> objections(Chosen choice) {
            String now = commit(from.identity());
            return !now.isEmpty() && now.equals(commit(choice.identity()))
                    ? List.of(Phrase.of("it is the same commit as what serves now"))
                    : List.of();
        }

        private String commit(String id) {
            return deployments.byId(id).map(Deployment::commit).orElse("");
        }

        @Override
        public Draft draft(Chosen choice) {
            Target target = request.target();
            var prospect =
                    new Prospect(
                            target, request.wanted(), project, from.identity(), domains, choice);
            Findings findings = planner.preflight.look(target.name(), prospect, by).orStop();
            return new Draft(
                    choice,
                    List.of(step(prospect)),
                    Draft.Undo.LAST_FIRST,
                    List.of(),
                    List.of(),
                    facts(),
                    findings.told(),
                    List.of());
        }

        private static List<Plan.Fact> facts() {
            return List.of(
                    new Plan.Fact(
                            Plan.Fact.DOWNTIME,
                            Phrase.of("none; domain after domain is led to the other one")),
                    new Plan.Fact(
                            Plan.Fact.DATA,
                            Phrase.of(
                                    "not touched; variables, crons and functions are those of its"
                                            + " build again")));
        }

        private Step step(Prospect prospect) {
            var settings = prospect.target().settings();
            String former =
                    deployments
                            .byId(from.identity())
                            .map(one -> one.address().toString())
                            .orElse("");
            var with = new LinkedHashMap<String, String>();
            with.put("api", settings.url("api").orElseThrow().toString());
            with.put("team", settings.textIfAny("team").orElse(""));
            with.put("token", settings.text("token"));
            with.put("project", project.id());
            with.put("domains", String.join("\n", domains.keySet()));
            with.put("auto-assign", project.autoAssign().orElse(true) ? "yes" : "no");
            with.put("from-url", former.isEmpty() ? from.identity() : former);
            return new Step(
                    SWITCH,
                    prospect.target().name(),
                    Phase.SWITCH,
                    from.identity(),
                    prospect.choice().identity(),
                    with,
                    Phrase.of(
                            "have {0} lead to {1}",
                            Phrase.list(List.copyOf(domains.keySet())),
                            prospect.choice().source()));
        }
    }
}
