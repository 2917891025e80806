package backout.chat.console.web;

import backout.frontdesk.Bot;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;
import backout.plan.TargetLock;
import backout.report.Say;
import backout.run.Condition;
import backout.run.Freezes;

import java.time.Instant;
import java.util.Optional;

/** How a target is, first thing on its page. */
final class TargetFacts {
    private final Bot bot;
    private final Target target;
    private final Ledger ledger;
    private final Optional<Condition> last;

    TargetFacts(Bot bot, Target target, Ledger ledger) {
        this.bot = bot;
        this.target = target;
        this.ledger = ledger;
        this.last = bot.journal().condition(target.name());
    }

    Html panel() {
        var list = Html.of("dl");
        Phrase now =
                ledger.current()
                        .map(release ->
                                Phrase.of("{0}, seen {1}", release.name(), ago(lastSeen(release))))
                        .orElse(Phrase.of("never seen yet"));
        list.add(pair(Phrase.of("runs"), now));
        list.add(pair(Phrase.of("how it is"), Say.condition(last, bot.clock().instant())));
        last.map(seen -> seen.warns(bot.clock().instant()))
                .filter(warning -> !warning.isEmpty())
                .ifPresent(warning -> list.add(pair(Phrase.of("look at it"), warning)));
        list.add(pair(Phrase.of("host"), Phrase.verbatim(target.host())));
        list.add(pair(Phrase.of("approval"), approval()));
        list.add(
                pair(
                        Phrase.of("lock"),
                        ledger.lock()
                                .map(this::says)
                                .orElse(Phrase.of("none: it may go forward"))));
        Freezes.of(bot.journal())
                .on(target.name(), bot.clock().instant())
                .map(freeze -> pair(Phrase.of("frozen"), freeze.says()))
                .ifPresent(list::add);
        return Html.of("div").css("panel").add(list);
    }

    /** What runs is noted now and then alone, and looked at each minute. */
    Instant lastSeen(Release release) {
        return last.filter(seen -> seen.release().equals(release.id()))
                .map(Condition::at)
                .filter(at -> at.isAfter(release.lastSeen()))
                .orElse(release.lastSeen());
    }

    private Phrase approval() {
        var policy = bot.site().policyOf(target);
        return policy.votes() == 0
                ? Phrase.of("{0}: the requester's own confirmation", policy.name())
                : Phrase.count(
                        policy.votes(),
                        "{1}: {0} vote from L{2}",
                        "{1}: {0} votes from L{2}",
                        policy.name(),
                        policy.from());
    }

    private Phrase says(TargetLock lock) {
        if (!lock.isOfRun()) {
            return lock.until() == null
                    ? Phrase.of("locked by {0} {1}: {2}", lock.by(), ago(lock.since()), lock.why())
                    : Phrase.of(
                            "locked by {0} {1} until {2}: {3}",
                            lock.by(), ago(lock.since()), lock.until(), lock.why());
        }
        return Phrase.of(
                "locked by {0} {1}, run {2}: {3}",
                lock.by(), ago(lock.since()), lock.run(), lock.why());
    }

    private Phrase ago(Instant then) {
        return Say.ago(then, bot.clock().instant());
    }

    private static Html pair(Phrase label, Phrase value) {
        return Html.of("div").add(Html.of("dt", label), Html.of("dd", value));
    }
}
