package backout.chat.console.web;

import backout.approval.Person;
import backout.command.CommandSpec;
import backout.command.Site;
import backout.frontdesk.Bot;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;
import backout.report.Card;
import backout.report.Mine;
import backout.run.Rights;
import backout.run.Run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a person can ask for on the page of a target, and who can ask for the rest. */
final class TargetActions {
    private final Site site;
    private final Target target;
    private final Session session;
    private final Person person;
    private final Optional<Run> holder;

    /** What is for others, by who they are. */
    private final Map<List<String>, List<Phrase>> rest = new LinkedHashMap<>();

    TargetActions(Bot bot, Target target, Session session) {
        this.site = bot.site();
        this.target = target;
        this.session = session;
        this.person = Rights.person(site, session.person());
        this.holder = bot.holder(target.name());
    }

    /** The plan before it runs, the rollback, and the lock to be lifted. */
    Html panel(Ledger ledger) {
        var buttons = Html.of("div").css("buttons");
        Phrase name = Phrase.verbatim(target.name().toString());
        Phrase show = Phrase.of("Show the plan");
        mine(Card.command(site, "plan"), show)
                .flatMap(this::planWords)
                .map(words -> say(words, show, "primary", name))
                .ifPresent(buttons::add);
        Phrase ask = Phrase.of("Ask for the rollback");
        mine(rollback().filter(_ -> holder.isEmpty()), ask)
                .map(command -> say(words(command), ask, "plain", name))
                .ifPresent(buttons::add);
        mine(
                        Card.command(site, "unlock").filter(_ -> ledger.lock().isPresent()),
                        Phrase.of("Unlock…"))
                .map(command -> unlock(command.name() + " " + target.name()))
                .ifPresent(buttons::add);
        var says = new ArrayList<Html>(List.of(buttons));
        if (!rest.isEmpty()) {
            says.add(Html.of("p", Mine.notYours(rest)).css("small"));
        }
        holder.map(run ->
                        Phrase.of(
                                "No other rollback can be asked for: run {0} of {1} holds it",
                                run.id(), run.requester()))
                .ifPresent(why -> says.add(Html.of("p", why).css("small")));
        return Html.all(says);
    }

    /** The plan of going back to this one. */
    Html plan(Ledger ledger, Release release) {
        return Card.command(site, "plan")
                .filter(command -> person.level() >= command.level())
                .flatMap(this::planWords)
                .map(words ->
                        say(
                                words + " to " + ledger.sayable(release),
                                Phrase.of("Plan"),
                                "plain",
                                Phrase.of("back to {0}", release.name())))
                .orElse(Html.nothing());
    }

    /** The command where this person may say it; else it is noted who may. */
    private Optional<CommandSpec> mine(Optional<CommandSpec> command, Phrase label) {
        command.filter(one -> person.level() < one.level())
                .ifPresent(
                        one -> rest.computeIfAbsent(who(one), _ -> new ArrayList<>()).add(label));
        return command.filter(one -> person.level() >= one.level());
    }

    private List<String> who(CommandSpec command) {
        return site.people().values().stream()
                .filter(one -> one.level() >= command.level())
                .map(Person::name)
                .toList();
    }

    private Optional<String> planWords(CommandSpec plan) {
        return rollback().map(command -> plan.name() + " " + words(command));
    }

    private Optional<CommandSpec> rollback() {
        return site.commands().stream()
                .filter(CommandSpec::isRollback)
                .filter(command -> command.kind().equals(target.name().kind()))
                .findFirst();
    }

    /** To the last good release; it waits for its plan to be confirmed. */
    private String words(CommandSpec rollback) {
        return rollback.name() + " " + target.name().name();
    }

    private Html say(String words, Phrase label, String css, Phrase about) {
        return session.hand()
                .form("/say")
                .add(
                        Hand.hidden("words", words),
                        Html.of("button", label)
                                .css(css)
                                .with("type", "submit")
                                .with("aria-label", Phrase.of("{0}: {1}", label, about)));
    }

    private Html unlock(String words) {
        var form =
                session.hand()
                        .form("/say")
                        .css("fields")
                        .add(
                                Hand.hidden("words", words),
                                Html.of("div")
                                        .css("field")
                                        .add(
                                                Html.of(
                                                                "label",
                                                                Phrase.of(
                                                                        "Why it may go forward"
                                                                                + " again"))
                                                        .with("for", "because"),
                                                Html.of("input")
                                                        .id("because")
                                                        .with("name", "because")
                                                        .with("type", "text")
                                                        .with("maxlength", "1000")
                                                        .with("autocomplete", "off")),
                                Html.of("button", Phrase.of("Lift the lock"))
                                        .css("primary")
                                        .with("type", "submit"));
        return Html.of("details")
                .css("sure")
                .add(
                        Html.of("summary", Phrase.of("Unlock…")).css("button"),
                        Html.of("div").css("really").add(form));
    }
}
