package backout.plan;

import backout.language.Phrase;

import java.util.List;

/** What plans of several kinds tell in the same words. */
public final class CommonFacts {
    private CommonFacts() {}

    /** Where it is done; nothing for the bot's own machine. */
    public static List<Plan.Fact> machine(Target target) {
        return target.isHere()
                ? List.of()
                : List.of(new Plan.Fact(Phrase.of("machine"), Phrase.verbatim(target.host())));
    }

    /**
     * Of one container that is exchanged for another.
     *
     * @param drain how long requests in flight may take to end
     */
    public static Plan.Fact downtime(String drain) {
        return new Plan.Fact(
                Plan.Fact.DOWNTIME,
                drain.equals("0s")
                        ? Phrase.of(
                                "about 0.5 s + the start of the service, requests in flight"
                                        + " are cut off")
                        : Phrase.of(
                                "about 0.5 s + the start of the service, up to {0} more"
                                        + " while requests in flight end (drain {1})",
                                drain, drain));
    }
}
