package backout.chat.console.web;

import backout.approval.Person;
import backout.approval.Policy;
import backout.command.Site;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;
import backout.report.Say;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What stands beside the channel: open runs, targets with their locks, people. */
final class Side {
    private final Bot bot;

    Side(Bot bot) {
        this.bot = bot;
    }

    Html region(List<Feed.Seen> runs, String person) {
        return Html.of("aside")
                .id("side")
                .with("aria-label", "Open runs, targets and people")
                .add(openRuns(runs), targets(), people(person));
    }

    private static Html section(String title, List<Html> items, String none) {
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
        return section("Open runs", open, "No run is open.");
    }

    private static Html openRun(Feed.Seen seen, Instant now) {
        var run = seen.run();
        return Html.of("li")
                .add(
                        Html.of("a", run.id() + " " + run.request().target())
                                .with("href", "/run/" + run.id())
                                .with("data-key", "side-" + run.id()),
                        Html.of("p", "by " + run.requester()).css("small"),
                        Mood.of(seen, now).badge());
    }

    private Html targets() {
        Site site = bot.site().get();
        return section(
                "Targets",
                site.targets().values().stream().map(this::target).toList(),
                "config/targets.yml names none.");
    }

    private Html target(Target target) {
        Ledger ledger = Ledger.of(bot.journal().read(target.name()));
        String runs =
                ledger.releases().stream()
                        .findFirst()
                        .map(release -> "runs " + release.name() + standing(release))
                        .orElse("never seen yet");
        var item =
                Html.of("li")
                        .add(
                                Html.of("a", target.name().toString())
                                        .with("href", TargetPage.address(target.name()))
                                        .with("data-key", "side-" + target.name()),
                                Html.of("p", runs).css("small"));
        ledger.lock()
                .ifPresent(lock ->
                        item.add(
                                Html.of(
                                                "span",
                                                "locked "
                                                        + Say.ago(
                                                                lock.since(),
                                                                bot.clock().instant()))
                                        .css("badge care")));
        return item;
    }

    private static String standing(Release release) {
        return switch (release.standing()) {
            case GOOD -> ", good";
            case BAD -> ", marked bad";
            case NEVER_PROVEN -> ", not proven";
        };
    }

    private Html people(String me) {
        Site site = bot.site().get();
        return section(
                "People",
                site.people().values().stream().map(person -> person(person, me, site)).toList(),
                "");
    }

    private static Html person(Person person, String me, Site site) {
        String name = person.name() + (person.name().equals(me) ? " (you)" : "");
        return Html.of("li")
                .add(
                        Html.of("span", name).css("name"),
                        Html.of("span", "L" + person.level()).css("level"),
                        Html.of("p", may(person, site)).css("small"));
    }

    private static String may(Person person, Site site) {
        String approves =
                site.policies().values().stream()
                        .filter(policy -> policy.votes() > 0 && person.level() >= policy.from())
                        .map(Policy::name)
                        .collect(Collectors.joining(", "));
        String role =
                switch (person.level()) {
                    case 0 -> "may look";
                    case 1 -> "developer";
                    case 2 -> "lead";
                    default -> "decides";
                };
        return approves.isEmpty() ? role : role + ", approves " + approves;
    }
}
