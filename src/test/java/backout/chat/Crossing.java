package backout.chat;

import backout.language.Phrase;
import backout.plan.Readiness;
import backout.plan.Remedy;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.report.Crossroads;
import backout.run.Advice;
import backout.run.Advice.Answer;
import backout.run.Advice.Newest;
import backout.run.Advice.Way;
import backout.run.Evidence.Finding;
import backout.run.Method;
import backout.run.Run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The flow chart of a service with two ways back, while a rollback of it is proposed. */
final class Crossing {
    private static final Remedy VERCEL =
            Remedy.of(Remedy.Sort.RELEASE, Remedy.Difficulty.VERY_LOW).byHand("1–2");
    private static final Remedy DNS =
            Remedy.of(Remedy.Sort.STANDBY, Remedy.Difficulty.LOW).byHand("15–40");

    private Crossing() {}

    static Message message() {
        var newest =
                new Newest(
                        Answer.NO,
                        Phrase.of(
                                "{0} runs since {1} and was proven: it hardly is the release",
                                "1.1.182", Cards.BEGAN.minus(Duration.ofHours(3))));
        var vercel =
                new Way(
                        method("vercel", VERCEL),
                        null,
                        Problem.of(
                                Phrase.of("api.vercel.com answers nothing"),
                                Phrase.of("ask again")),
                        VERCEL.byHand(),
                        null);
        var dns =
                new Way(
                        method("dns", DNS),
                        Cards.relayPlan(),
                        null,
                        DNS.byHand(),
                        new Readiness(
                                List.of(
                                        Readiness.Part.well(
                                                Phrase.of("the machine {0}", "ssh:vps")),
                                        new Readiness.Part(
                                                Phrase.of("the disk of {0}", "/srv/vidfab"),
                                                Readiness.State.UNWELL,
                                                Phrase.of(
                                                        "only {0} are free on the disk of {1}",
                                                        "90 MB", "/srv/vidfab")))));
        var advice =
                new Advice(
                        Finding.UNWELL,
                        newest,
                        List.of(vercel, dns),
                        Optional.of(dns),
                        Phrase.of("a standby is there, and {0}", newest.why()));
        Run proposed = Cards.runs().get("card-proposed");
        return new Crossroads(advice, Optional.ofNullable(proposed), Cards.site())
                .message(
                        way -> "plan " + way.method().target().name().kind() + " vidfab",
                        _ -> new Press("ask", "P1", ""),
                        Phrase.NONE);
    }

    private static Method method(String kind, Remedy remedy) {
        return new Method(
                new Target(
                        new TargetName(kind, "vidfab"),
                        "local",
                        "production",
                        Duration.ZERO,
                        Duration.ZERO,
                        List.of(),
                        new Settings(Map.of())),
                remedy);
    }
}
