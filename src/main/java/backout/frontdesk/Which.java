package backout.frontdesk;

import backout.command.Invocation;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Target;
import backout.problem.Problem;

import java.util.List;
import java.util.Map;

/** There are several targets and none is named: which there are, and what is typed for each. */
record Which(Site site) {
    /** Of many the first show how. */
    private static final int SHOWN = 4;

    /**
     * @param because whether a reason must be said with it
     */
    Problem of(Invocation said, List<Target> known, boolean because) {
        List<String> names = known.stream().map(target -> name(target, known)).toList();
        Map<String, String> reason =
                because || said.has("reason") ? Map.of("reason", "REASON") : Map.of();
        List<Phrase> typed =
                names.stream()
                        .limit(SHOWN)
                        .map(name -> said.with(Map.of("target", name)).with(reason).text())
                        .map(Phrase::verbatim)
                        .toList();
        return new Problem(
                Phrase.of("there are several targets: {0}", Phrase.list(names)),
                site.file("targets.yml"),
                Phrase.of("say which: {0}", Phrase.joined("; ", typed)));
    }

    /** Without its kind where that is enough. */
    private static String name(Target target, List<Target> known) {
        String name = target.name().name();
        long called = known.stream().filter(one -> one.name().name().equals(name)).count();
        return called == 1 ? name : target.name().toString();
    }
}
