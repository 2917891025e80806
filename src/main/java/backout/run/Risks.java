package backout.run;

import backout.command.CommandSpec;
import backout.command.Site;
import backout.plan.Risk;
import backout.plan.Target;

/**
 * How it is made sure that something is meant that is said to a run. A rollback is made sure of
 * when it is confirmed: before, nothing is done.
 */
public record Risks(Site site, Run run) {
    /** Of a command that is said to it; what is gone from the site by now asks for nothing. */
    public Risk of(CommandSpec command) {
        return command.does().equals("confirm")
                ? command.risk().or(ofRollback()).or(ofTargets())
                : command.risk();
    }

    private Risk ofRollback() {
        return site.commands().stream()
                .filter(command -> command.name().equals(run.request().command()))
                .findFirst()
                .or(() -> site.rollbackOf(run.request().target().kind()))
                .map(command -> command.isGroup() ? command.risk().or(ofKinds()) : command.risk())
                .orElse(Risk.BUTTON);
    }

    /** What is asked of a rollback of one is asked of all of them together. */
    private Risk ofKinds() {
        return run.request().targets().stream()
                .flatMap(target -> site.rollbackOf(target.kind()).stream())
                .map(CommandSpec::risk)
                .reduce(Risk.BUTTON, Risk::or);
    }

    private Risk ofTargets() {
        return Freezes.about(run).stream()
                .flatMap(name -> site.target(name).stream())
                .map(Target::risk)
                .reduce(Risk.BUTTON, Risk::or);
    }

    /** What is to be typed: {@code relay@production}. */
    public String typed() {
        return site.target(run.request().target())
                .map(Risks::typed)
                .orElse(run.request().target().name());
    }

    /** The same of a target without a run. */
    public static String typed(Target target) {
        return target.name().name() + "@" + target.policy();
    }
}
