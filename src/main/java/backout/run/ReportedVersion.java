package backout.run;

import backout.check.BodyPath;
import backout.check.Probe;
import backout.check.Reading;
import backout.check.Subject;
import backout.plan.Target;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a service says of itself: which version it is. */
public record ReportedVersion(Probe http) {
    /** What is longer, or not one line, is no name that people could use. */
    private static final Predicate<String> NAME =
            Pattern.compile("\\P{Cntrl}{1,64}").asMatchPredicate();

    private static final Duration WITHIN = Duration.ofSeconds(3);

    /**
     * @param setting the target's that says where: {@code GET {url}/health [BODY].version}
     * @return empty where it does not say it
     */
    public String of(Target target, String setting, Deadline by) {
        String[] place = target.settings().text(setting).split(" ", -1);
        var url = target.settings().url("url").map(URI::toString);
        if (url.isEmpty() && place[1].contains("{url}")) {
            return "";
        }
        var asked =
                new Subject.Http(
                        place[0], place[1].replace("{url}", url.orElse("")), Optional.empty());
        Reading reading = http.look(asked, by.atMost(WITHIN).left());
        return reading instanceof Reading.Answered answered
                ? in(answered.body(), new BodyPath(place[2].substring("[BODY]".length())))
                : "";
    }

    /** Read as a check reads it, so that both see the same. */
    static String in(String body, BodyPath path) {
        return path.string(body).filter(NAME).orElse("");
    }
}
