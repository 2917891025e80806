package backout.executor.vercel;

import backout.language.Phrase;
import backout.plan.Secrets;
import backout.plan.Step;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Move;
import backout.run.Pause;
import backout.run.Present;
import backout.run.Receipt;
import backout.run.Script;
import backout.run.Work;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Has the production domains of a project lead to another deployment, and back. What Vercel says of
 * its job is a hint; what each domain leads to is what counts.
 */
record AliasMove(Secrets secrets, Pause pause) implements Move {
    private static final Duration WITHIN = Duration.ofMinutes(4);
    private static final Duration EACH = Duration.ofMillis(250);
    private static final String OFF = "no";

    @Override
    public Duration within(Step step) {
        return WITHIN;
    }

    private Vercel vercel(Step step) {
        return new Vercel(
                URI.create(step.need("api")),
                step.need("team"),
                step.need("token"),
                secrets,
                pause);
    }

    private static List<String> domains(Step step) {
        return List.of(step.need("domains").split("\n", -1));
    }

    /** Waits for a job that is under way: nobody knows where it ends before it has. */
    @Override
    public Present present(Step step, Work work) {
        try {
            Vercel vercel = vercel(step);
            settled(vercel, step, work);
            return seen(places(vercel, step));
        } catch (ProblemException e) {
            return Present.Unknown.of(e);
        }
    }

    private static Present seen(Map<String, String> places) {
        List<String> all = places.values().stream().distinct().toList();
        if (all.size() > 1) {
            return new Present.Between(Phrase.of("not all domains are at one: {0}", said(places)));
        }
        return all.getFirst().isEmpty()
                ? new Present.Gone(Phrase.of("none of these leads anywhere: {0}", said(places)))
                : new Present.At(all.getFirst());
    }

    private static Phrase said(Map<String, String> places) {
        return Phrase.list(
                places.entrySet().stream()
                        .map(one -> one.getKey() + " → " + one.getValue())
                        .toList());
    }

    /** Which deployment each domain of the step leads to; empty for none. */
    private static Map<String, String> places(Vercel vercel, Step step) {
        Map<String, String> all = vercel.domains(step.need("project"));
        var places = new LinkedHashMap<String, String>();
        domains(step).forEach(domain -> places.put(domain, all.getOrDefault(domain, "")));
        return places;
    }

    private static List<String> astray(Map<String, String> places, String deployment) {
        return places.entrySet().stream()
                .filter(one -> !one.getValue().equals(deployment))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Project settled(Vercel vercel, Step step, Work work) {
        Project project = vercel.project(step.need("project"));
        while (project.open().isPresent()) {
            requireTime(project, work);
            pause.waitFor(EACH);
            project = vercel.project(step.need("project"));
        }
        return project;
    }

    /** A job that never ends has not failed: it may still be done. */
    private static void requireTime(Project project, Work work) {
        if (work.by().passed()) {
            throw ProblemException.unseen(
                    Problem.of(
                            Phrase.of(
                                    "Vercel has not ended what it does with the domains: {0}",
                                    project.job().map(Project.Job::status).orElse("none")),
                            Phrase.of(
                                    "see https://www.vercel-status.com; nothing is asked of it"
                                            + " twice, and what it does late is noticed")));
        }
    }

    @Override
    public Phrase move(Step step, Work work) {
        Vercel vercel = vercel(step);
        bring(vercel, step, step.to(), work, true);
        return Phrase.of("all {0} domains lead to it", domains(step).size());
    }

    @Override
    public Phrase back(Step step, Optional<Receipt> receipt, Work work) {
        Vercel vercel = vercel(step);
        boolean wasOff = step.need("auto-assign").equals(OFF);
        Project project = settled(vercel, step, work);
        boolean isPinned = !wasOff && project.autoAssign().equals(Optional.of(false));
        if (!isPinned && astray(places(vercel, step), step.from()).isEmpty()) {
            return NOTHING_TO_TAKE_BACK;
        }
        bring(vercel, step, step.from(), work, wasOff);
        return wasOff
                ? Phrase.of("all {0} domains lead to it again", domains(step).size())
                : Phrase.of(
                        "all {0} domains lead to it again, and new deployments go live again",
                        domains(step).size());
    }

    /**
     * @param pinned whether new deployments shall not go live by themselves afterwards
     */
    private void bring(Vercel vercel, Step step, String to, Work work, boolean pinned) {
        Project before = settled(vercel, step, work);
        boolean isThere = astray(places(vercel, step), to).isEmpty();
        if (isThere && (pinned || !before.autoAssign().equals(Optional.of(false)))) {
            return;
        }
        work.requireTime();
        String project = step.need("project");
        Vercel.Answer answer =
                pinned
                        ? vercel.rollback(project, to, "Backout " + work.tag())
                        : vercel.promote(project, to);
        if (answer.isDone()) {
            await(vercel, step, before, to, work);
        }
        List<String> astray = astray(places(vercel, step), to);
        if (!answer.isDone() && !astray.isEmpty()) {
            throw new ProblemException(vercel.refused(answer));
        }
        astray.forEach(domain -> assign(vercel, to, domain, work));
        requireAll(places(vercel, step), to);
    }

    /** Until the job that was just asked for has ended, whatever came of it. */
    private void await(Vercel vercel, Step step, Project before, String to, Work work) {
        Project now = vercel.project(step.need("project"));
        while (!isOver(now, before, to)) {
            requireTime(now, work);
            pause.waitFor(EACH);
            now = vercel.project(step.need("project"));
        }
    }

    private static boolean isOver(Project now, Project before, String to) {
        return now.job()
                .filter(job -> job.to().equals(to) && !job.isOpen())
                .filter(job ->
                        before.job().map(Project.Job::requested).stream()
                                .noneMatch(old -> old == job.requested()))
                .isPresent();
    }

    /** What the job left behind, one by one. */
    private static void assign(Vercel vercel, String to, String domain, Work work) {
        work.requireTime();
        Vercel.Answer answer = vercel.assign(to, domain);
        if (!answer.isDone() && answer.status() != 409) {
            Problem why = vercel.refused(answer);
            throw Problem.stop(
                    Phrase.of("domain {0} was not moved: {1}", domain, why.what()), why.next());
        }
    }

    private static void requireAll(Map<String, String> places, String to) {
        List<String> astray = astray(places, to);
        if (!astray.isEmpty()) {
            throw Problem.stop(
                    Phrase.of(
                            "Vercel says that it is done, and these lead elsewhere: {0}",
                            Phrase.list(astray)),
                    Phrase.of("see the domains of the project on Vercel"));
        }
    }

    /** Nothing is given up: the deployment that was left stays where it is. */
    @Override
    public Phrase forget(Step step, Optional<Receipt> receipt, Work work) {
        return Phrase.of(
                "new deployments do not go live by themselves now: when the fault is mended,"
                        + " promote the deployment that has it mended");
    }

    @Override
    public List<Phrase> byHand(Step step, Optional<Receipt> receipt) {
        String scope = step.need("team").isEmpty() ? "" : " --scope " + step.need("team");
        String verb = step.need("auto-assign").equals(OFF) ? "rollback " : "promote ";
        return List.of(
                Phrase.verbatim("vercel " + verb + step.need("from-url") + " --yes" + scope),
                Phrase.of(
                        "or on Vercel: project {0}, Deployments, {1}, Promote",
                        step.need("project"), step.need("from-url")));
    }

    @Override
    public Script script(Step step) {
        return ShellAliases.of(step);
    }
}
