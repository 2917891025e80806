package backout.chat.console.web;

import backout.approval.Person;
import backout.approval.Policy;
import backout.command.Site;
import backout.frontdesk.Bot;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;
import backout.plan.TargetLock;
import backout.report.Say;
import backout.run.Condition;
import backout.run.Evidence.Finding;
import backout.run.Freezes;

import java.time.Instant;
import java.util.List;

/** What stands beside the channel: open runs, targets with their locks, people. */
final class Side {
    private final Bot bot;

    Side(Bot bot) {
        this.bot = bot;
    }

    Html region(List<Feed.Seen> runs, String person) {
        return Html.of("aside")
                .id("side")
                .with("aria-label", Phrase.of("Open runs, targets and people"))
                .add(openRuns(runs), targets(), people(person));
    }

    private static Html section(Phrase title, List<Html> items, Phrase none) {
        var list = Html.of("ul").add(items);
        return Html.of("section")
                .add(
                        Html.of("h2", title),
                        items.isEmpty() ? Html.of("p", none).css("small") : list);
    }

    private Html openRuns(List<Feed.Seen> runs) {
        Instant now = bot.clock().instant();
        var open =
                runs.stream()
                        .filter(seen -> seen.run().outcome().isEmpty())
                        .map(seen -> openRun(seen, now))
                        .toList();
        return section(Phrase.of("Open runs"), open, Phrase.of("No run is open."));
    }

    private static Html openRun(Feed.Seen seen, Instant now) {
        var run = seen.run();
        return Html.of("li")
                .add(
                        Html.of("a", run.id() + " " + run.request().target())
                                .with("href", "/run/" + run.id())
                                .with("data-key", "side-" + run.id()),
                        Html.of("p", Phrase.of("by {0}", run.requester())).css("small"),
                        Mood.of(seen, now).badge());
    }

    private Html targets() {
        Site site = bot.site();
        return section(
                Phrase.of("Targets"),
                site.targets().values().stream().map(this::target).toList(),
                Phrase.of("{0} names none.", site.file("targets.yml")));
    }

    private Html target(Target target) {
        Ledger ledger = Ledger.of(bot.journal().read(target.name()));
        Phrase runs = ledger.current().map(Side::runs).orElse(Phrase.of("never seen yet"));
        var item =
                Html.of("li")
                        .add(
                                Html.of("a", target.name().toString())
                                        .with("href", TargetPage.address(target.name()))
                                        .with("data-key", "side-" + target.name()),
                                Html.of("p", runs).css("small"));
        bot.journal().condition(target.name()).ifPresent(last -> condition(last, item));
        ledger.lock().ifPresent(lock -> item.add(Html.of("span", locked(lock)).css("badge care")));
        Freezes.of(bot.journal())
                .on(target.name(), bot.clock().instant())
                .map(freeze -> Html.of("span", Phrase.of("frozen")).css("badge care"))
                .ifPresent(item::add);
        return item;
    }

    /** The colour is seen from afar, the words say why. */
    private void condition(Condition last, Html item) {
        Instant now = bot.clock().instant();
        Finding finding = last.now(now);
        if (finding == Finding.UNWELL) {
            item.add(Html.of("span", finding.says()).css("badge poor"));
        }
        item.add(Html.of("p", last.says(now)).css("small"));
        if (!last.warning().isEmpty()) {
            item.add(Html.of("p", last.warns(now)).css("small"));
        }
    }

    private static Phrase runs(Release release) {
        return switch (release.standing()) {
            case GOOD -> Phrase.of("runs {0}, good", release.name());
            case BAD -> Phrase.of("runs {0}, marked bad", release.name());
            case NEVER_PROVEN -> Phrase.of("runs {0}, not proven", release.name());
        };
    }

    private Phrase locked(TargetLock lock) {
        return Phrase.of("locked {0}", Say.ago(lock.since(), bot.clock().instant()));
    }

    private Html people(String me) {
        Site site = bot.site();
        return section(
                Phrase.of("People"),
                site.people().values().stream().map(person -> person(person, me, site)).toList(),
                Phrase.NONE);
    }

    private static Html person(Person person, String me, Site site) {
        return Html.of("li")
                .add(
                        name(person.name(), me),
                        Html.of("span", "L" + person.level()).css("level"),
                        Html.of("p", may(person, site)).css("small"));
    }

    private static Html name(String name, String me) {
        return name.equals(me)
                ? Html.of("span", Phrase.of("{0} (you)", name)).css("name")
                : Html.of("span", name).css("name");
    }

    private static Phrase may(Person person, Site site) {
        List<String> approves =
                site.policies().values().stream()
                        .filter(policy -> policy.votes() > 0 && person.level() >= policy.from())
                        .map(Policy::name)
                        .toList();
        Phrase role =
                switch (person.level()) {
                    case 0 -> Phrase.of("may look");
                    case 1 -> Phrase.of("developer");
                    case 2 -> Phrase.of("lead");
                    default -> Phrase.of("decides");
                };
        return approves.isEmpty() ? role : Phrase.of("{0}, approves {1}", role, approves);
    }
}
