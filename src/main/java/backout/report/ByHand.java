package backout.report;

import backout.chat.Block;
import backout.chat.Block.Line;
import backout.chat.Block.Mark;
import backout.chat.Button;
import backout.chat.Message;
import backout.chat.Press;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.Ticks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What only people can see of a target, to be ticked off: who did, and when. */
public final class ByHand {
    /** The press that ticks one off, whatever the site calls the command. */
    public static final String TICK = "tick";

    /** What every chat can show at once; the others come when these are ticked off. */
    private static final int MOST = 8;

    private final Site site;
    private final Target target;
    private final Ticks ticks;

    public ByHand(Site site, Target target, List<TargetEvent> events) {
        this.site = site;
        this.target = target;
        this.ticks = Ticks.of(events);
    }

    /** The list alone, as an answer to who ticked one off. */
    public Message message() {
        var blocks = new ArrayList<Block>(List.of(new Block.Heading(heading())));
        blocks.addAll(list(Phrase.NONE));
        return new Message(heading(), blocks);
    }

    /** The list below something else; none where the target has no such list. */
    public List<Block> blocks() {
        return target.byHand().isEmpty() ? List.of() : list(heading());
    }

    private List<Block> list(Phrase title) {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Lines(title, target.byHand().stream().map(this::line).toList()));
        List<Button> open =
                target.byHand().stream()
                        .filter(item -> ticks.of(item).isEmpty())
                        .limit(MOST)
                        .map(this::button)
                        .toList();
        if (!open.isEmpty() && Card.command(site, TICK).isPresent()) {
            blocks.add(new Block.Buttons(open));
        }
        return blocks;
    }

    private Phrase heading() {
        List<String> items = target.byHand();
        long seen = items.stream().filter(item -> ticks.of(item).isPresent()).count();
        return Phrase.of("Seen by people of {0}: {1} of {2}", target.name(), seen, items.size());
    }

    private Line line(String item) {
        Phrase says = new Phrase(item, List.of());
        return ticks.of(item)
                .map(tick -> new Line(Mark.DONE, says, by(tick)))
                .orElseGet(() -> new Line(Mark.TO_DO, says, toType(item)));
    }

    /** Who ticked it off, and when. */
    public static Phrase by(TargetEvent.Ticked tick) {
        return Phrase.of(
                "{0}, {1}", Whence.after(Phrase.verbatim(tick.by()), tick.via()), tick.at());
    }

    private Phrase toType(String item) {
        return Card.command(site, TICK)
                .map(command ->
                        Phrase.verbatim(command.name() + " " + Ticks.code(target.name(), item)))
                .orElse(Phrase.NONE);
    }

    private Button button(String item) {
        return new Button(
                Phrase.of("☐ {0}", new Phrase(item, List.of())),
                Button.Look.PLAIN,
                new Press(TICK, Ticks.code(target.name(), item), ""),
                Phrase.NONE);
    }

    /** What a proven rollback leaves for people to see; empty where there is nothing. */
    static Optional<Phrase> left(Site site, Target target) {
        int items = target.byHand().size();
        return Card.command(site, "verify")
                .filter(_ -> items > 0)
                .map(command ->
                        Phrase.count(
                                items,
                                "{0} thing that only people can see is left; tick it off with: {1}"
                                        + " {2}",
                                "{0} things that only people can see are left; tick them off with:"
                                        + " {1} {2}",
                                command.name(),
                                target.name()));
    }
}
