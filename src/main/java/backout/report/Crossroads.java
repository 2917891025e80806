package backout.report;

import backout.chat.Block;
import backout.chat.Block.Line;
import backout.chat.Block.Mark;
import backout.chat.Button;
import backout.chat.Button.Look;
import backout.chat.Message;
import backout.chat.Press;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Readiness;
import backout.plan.Remedy.Sort;
import backout.problem.Problem;
import backout.run.Advice;
import backout.run.Advice.Answer;
import backout.run.Advice.Way;
import backout.run.Offer;
import backout.run.Run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The flow chart of a service, with what the bot saw beside each of its questions. */
public final class Crossroads {
    private final Advice advice;
    private final Optional<Run> offer;
    private final Site site;

    /**
     * @param offer what is proposed for one of its targets now
     */
    public Crossroads(Advice advice, Optional<Run> offer, Site site) {
        this.advice = advice;
        this.offer = offer;
        this.site = site;
    }

    /**
     * @param words what asks for a method's plan, as it would be typed
     * @param press what a button that asks for it stands for
     * @param remark what to know besides; {@link Phrase#NONE} for nothing
     */
    public Message message(Function<Way, String> words, Function<Way, Press> press, Phrase remark) {
        String service = advice.ways().getFirst().method().target().name().name();
        Phrase heading =
                Phrase.of("Which way back for {0}? It is {1}", service, advice.health().says());
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Heading(heading));
        blocks.add(new Block.Text(recommended()));
        blocks.add(new Block.Lines(Phrase.NONE, first()));
        if (!remark.isEmpty()) {
            blocks.add(new Block.Text(remark));
        }
        blocks.add(new Block.Buttons(buttons(press)));
        blocks.add(new Block.Lines(Phrase.of("What else the flow chart asks"), questions()));
        blocks.add(
                new Block.Lines(
                        Phrase.of("The ways back"),
                        advice.ways().stream().map(this::way).toList()));
        blocks.add(
                Block.Code.of(
                        Phrase.of("To see the plan of one, say:"),
                        advice.ways().stream().map(words).toList()));
        return new Message(heading, blocks);
    }

    private Phrase recommended() {
        return advice.best()
                .map(way -> Phrase.of("Recommended: {0}, because {1}.", named(way), advice.why()))
                .orElseGet(() -> Phrase.of("Nothing is recommended: {0}.", advice.why()));
    }

    private static String named(Way way) {
        return way.method().target().name().toString();
    }

    /**
     * On a phone the buttons are seen with it: what is asked first, and what the best one costs.
     */
    private List<Line> first() {
        var lines = new ArrayList<Line>();
        advice.best().ifPresent(way -> lines.add(new Line(mark(way), begins(way), costs(way))));
        lines.add(
                new Line(
                        Mark.NONE,
                        Phrase.of("Can it be mended within {0}?", Offer.FIX),
                        offer.isPresent()
                                ? Phrase.of("whoever tries says so: then the clock runs")
                                : Phrase.of(
                                        "who knows the fault says; no clock runs, for nothing"
                                                + " is proposed")));
        return lines;
    }

    private List<Line> questions() {
        return List.of(
                new Line(
                        mark(advice.newest().is()),
                        Phrase.of("Is only the newest release ill?"),
                        said(advice.newest().is(), advice.newest().why())),
                question(Phrase.of("Is a standby there?"), Sort.STANDBY),
                question(Phrase.of("Can it be built anew?"), Sort.REBUILD));
    }

    private Line question(Phrase asks, Sort sort) {
        return advice.way(sort)
                .map(way -> new Line(mark(way), asks, found(way)))
                .orElseGet(() ->
                        new Line(
                                Mark.FAILED,
                                asks,
                                said(Answer.NO, Phrase.of("no target of it is set up"))));
    }

    private static Phrase found(Way way) {
        Problem obstacle = way.obstacle();
        return obstacle == null
                ? said(Answer.YES, watched(way, begins(way)))
                : said(Answer.NO, watched(way, obstacle.what()));
    }

    private static Phrase watched(Way way, Phrase says) {
        Readiness last = way.readiness();
        return last == null ? says : Phrase.of("{0}; at the last change, {1}", says, last.says());
    }

    private static Phrase said(Answer is, Phrase why) {
        return switch (is) {
            case YES -> Phrase.of("yes: {0}", why);
            case NO -> Phrase.of("no: {0}", why);
            case UNKNOWN -> Phrase.of("unknown: {0}", why);
        };
    }

    private static Mark mark(Answer is) {
        return switch (is) {
            case YES -> Mark.DONE;
            case NO -> Mark.FAILED;
            case UNKNOWN -> Mark.UNKNOWN;
        };
    }

    private static Mark mark(Way way) {
        return way.canBegin() ? Mark.DONE : Mark.FAILED;
    }

    private Line way(Way way) {
        Phrase fits = way.method().remedy().sort().fits();
        return new Line(
                mark(way),
                Phrase.of("{0}: {1}", named(way), now(way)),
                Phrase.of("{0}; fits where {1}", costs(way), fits));
    }

    private static Phrase costs(Way way) {
        Phrase difficulty = way.method().remedy().difficulty().says();
        return way.takes().isEmpty()
                ? Phrase.of("difficulty: {0}", difficulty)
                : Phrase.of("takes: {0}; difficulty: {1}", way.takes(), difficulty);
    }

    private static Phrase now(Way way) {
        Problem obstacle = way.obstacle();
        return obstacle == null ? begins(way) : obstacle.phrase();
    }

    /** What speaks against it is read in its plan; here stands that something does. */
    private static Phrase begins(Way way) {
        var plan = way.plan();
        if (plan == null) {
            return Phrase.NONE;
        }
        Phrase to = Phrase.of("it would lead to {0}", plan.to().name());
        int warnings = plan.warnings().size();
        return warnings == 0
                ? to
                : Phrase.of(
                        "{0}, with {1}", to, Phrase.count(warnings, "{0} warning", "{0} warnings"));
    }

    private List<Button> buttons(Function<Way, Press> press) {
        var buttons = new ArrayList<Button>();
        advice.best().ifPresent(way -> buttons.add(button(way, Look.PRIMARY, press)));
        offer.flatMap(run -> new Presses(run, site, run.request().at()).fix())
                .ifPresent(buttons::add);
        advice.ways().stream()
                .filter(way -> advice.best().filter(way::equals).isEmpty())
                .filter(Way::canBegin)
                .forEach(way -> buttons.add(button(way, Look.PLAIN, press)));
        return buttons;
    }

    private static Button button(Way way, Look look, Function<Way, Press> press) {
        return new Button(
                Phrase.of("Plan: {0}", way.method().target().name().kind()),
                look,
                press.apply(way),
                Phrase.NONE);
    }
}
