package backout.chat.console.web;

import backout.chat.Message;
import backout.command.Site;
import backout.frontdesk.Bot;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.problem.Problem;
import backout.report.Card;
import backout.report.Choice;
import backout.report.LiveNote;
import backout.report.Mine;
import backout.report.Progress;
import backout.run.Run;
import backout.run.RunEvent;

import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cards of runs as one person sees them. */
final class Cards {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Bot bot;

    Cards(Bot bot) {
        this.bot = bot;
    }

    Html card(Feed.Seen seen, Session session) {
        Run run = seen.run();
        Site site = bot.site();
        Instant now = bot.clock().instant();
        Message card = LiveNote.over(Card.of(run, site, now, bot.journal()), run, seen.word());
        Message message = Mine.of(card, run, site, session.person());
        Mood mood = Mood.of(seen, now);
        var renderer = new HtmlRenderer(session.hand());
        return Html.of("article")
                .css("card " + mood.css())
                .id("run-" + run.id())
                .with("tabindex", "-1")
                .with("aria-label", message.summary())
                .with("data-version", Long.toString(seen.version()))
                .with("data-order", Long.toString(Feed.order(seen)))
                .with("data-state", mood.says().toString())
                .with("data-needs", Boolean.toString(mood.needs()))
                .add(
                        state(run, mood),
                        renderer.blocks(message),
                        halted(seen),
                        choice(run, session, renderer),
                        renderer.details(message, "full-" + run.id()),
                        log(run));
    }

    private static Html state(Run run, Mood mood) {
        Instant at = run.request().at();
        var link = Html.of("a", run.id().text()).with("href", "/run/" + run.id()).css("id");
        return Html.of("p").css("state").add(mood.badge(), link, time(at));
    }

    /** The whole of it, with its zone, where the pointer rests. */
    private static Html time(Instant at) {
        return Html.of("time")
                .text(reader -> TIME.format(LocalTime.ofInstant(at, reader.zone())))
                .with("datetime", at.toString())
                .with("title", Phrase.of("{0}", at));
    }

    private static Html halted(Feed.Seen seen) {
        boolean over = seen.run().outcome().isPresent();
        return seen.halted()
                .filter(_ -> !over)
                .map(why ->
                        Problems.of(
                                List.of(
                                        Problem.of(
                                                Phrase.of("It does not go on here: {0}", why),
                                                Phrase.NONE))))
                .orElse(Html.nothing());
    }

    /** Only the requester is asked which release to go back to, while no other run holds it. */
    private Html choice(Run run, Session session, HtmlRenderer renderer) {
        if (!run.requester().equals(session.person())) {
            return Html.nothing();
        }
        Ledger ledger = Ledger.of(bot.journal().read(run.request().target()));
        return Choice.of(run, ledger)
                .filter(_ -> bot.holder(run.request().target()).isEmpty())
                .map(message -> Html.of("div").css("choice").add(renderer.blocks(message)))
                .orElse(Html.nothing());
    }

    /** Each event with the run as it was then, as the terminal tells it. */
    private static Html log(Run run) {
        var lines = new ArrayList<Html>();
        List<RunEvent> events = run.events();
        for (int told = 1; told <= events.size(); told++) {
            RunEvent event = events.get(told - 1);
            Optional<Phrase> line = Progress.line(Run.of(events.subList(0, told)), event);
            line.ifPresent(
                    text -> lines.add(Html.of("li").add(time(event.at()), Html.of("span", text))));
        }
        return Html.of("details")
                .css("log")
                .with("data-key", "log-" + run.id())
                .add(
                        Html.of("summary", Phrase.of("Step log, {0} lines", lines.size())),
                        Html.of("ol").add(lines));
    }
}
