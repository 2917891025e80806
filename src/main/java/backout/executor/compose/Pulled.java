package backout.executor.compose;

import backout.language.Phrase;

import java.util.List;
import java.util.Set;

/**
 * Services whose policy has every up ask the registry: what it has under the name of the release is
 * run then, whatever that is.
 */
final class Pulled {
    private static final Set<String> LOCAL =
            Set.of("", "missing", "if_not_present", "never", "build");

    private Pulled() {}

    /** A sentence for each that goes back under a name that the registry may give to another. */
    static List<Phrase> warnings(Model model, List<Member> members) {
        return members.stream()
                .filter(member -> !LOCAL.contains(policy(model, member)))
                .filter(member -> !member.choice().source().contains("@"))
                .map(member ->
                        Phrase.of(
                                "{0} has pull_policy: {1}, so the next docker compose up asks the"
                                        + " registry for {2}: what it has there runs then, and"
                                        + " where it has nothing up fails; take pull_policy: out"
                                        + " until you go forward again, or push {2}",
                                member.service(), policy(model, member), member.choice().source()))
                .toList();
    }

    private static String policy(Model model, Member member) {
        return model.service(member.service()).path("pull_policy").asString("");
    }
}
