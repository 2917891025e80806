package backout.chat;

import backout.language.Phrase;
import backout.plan.TargetEvent;
import backout.report.ByHand;
import backout.report.ChecksNow;
import backout.run.Evidence;
import backout.run.Evidence.Finding;
import backout.run.Evidence.Row;
import backout.run.Glance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What {@code verify} answers, with what people saw below it. */
final class ChecksOnce {
    private static final Instant AT = Instant.parse("2026-03-01T02:20:00Z");

    private ChecksOnce() {}

    static Message message() {
        var row =
                new Row(
                        "container [STATE] == running",
                        Phrase.of("running"),
                        Phrase.of("running"),
                        Finding.WELL,
                        true,
                        "running");
        var evidence =
                new Evidence(Finding.WELL, List.of(row), 0, List.of(), Duration.ofMillis(12));
        var target = Cards.site().target(Cards.RELAY).orElseThrow();
        var ticked = new TargetEvent.Ticked(AT, "Sign in to the admin page", "li", "slack");
        return ChecksNow.of(
                target,
                new Glance(evidence, List.of(Duration.ofMillis(12))),
                Phrase.NONE,
                new ByHand(Cards.site(), target, List.of(ticked)).blocks());
    }
}
