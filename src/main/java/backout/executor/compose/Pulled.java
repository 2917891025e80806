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
                .filter(member -> isByEveryUp(model, member.service(), member.choice().source()))
                .map(member ->
                        Phrase.of(
                                "{0} has pull_policy: {1}, so the next docker compose up asks the"
                                        + " registry for {2}: what it has there runs then, and"
                                        + " where it has nothing up fails; take pull_policy: out"
                                        + " until you go forward again, or push {2}",
                                member.service(),
                                policy(model, member.service()),
                                member.choice().source()))
                .toList();
    }

    /** A digest means the same wherever it is asked for. */
    static boolean isByEveryUp(Model model, String service, String image) {
        return !LOCAL.contains(policy(model, service)) && !image.contains("@");
    }

    private static String policy(Model model, String service) {
        return model.service(service).path("pull_policy").asString("");
    }
}
