package backout.report;

import backout.approval.Person;
import backout.chat.Block;
import backout.chat.Button;
import backout.chat.Message;
import backout.command.Site;
import backout.language.Phrase;
import backout.run.Rights;
import backout.run.Run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A run's card as one person sees it: with the buttons that they may press, and who may press the
 * rest. Only for a face that shows each person a card of their own; who may is asked at the press
 * all the same.
 */
public final class Mine {
    private final Rights rights;
    private final Person person;

    private Mine(Rights rights, Person person) {
        this.rights = rights;
        this.person = person;
    }

    /**
     * @param person one who is gone from the site by now may look
     */
    public static Message of(Message card, Run run, Site site, String person) {
        var mine = new Mine(new Rights(site, run), Rights.person(site, person));
        return new Message(
                card.summary(),
                card.blocks().stream().flatMap(mine::block).toList(),
                card.details());
    }

    /**
     * What is for others, and for whom.
     *
     * @param rest labels by the people who may press them
     */
    public static Phrase notYours(Map<List<String>, List<Phrase>> rest) {
        var says = new ArrayList<Phrase>();
        rest.forEach((who, labels) -> says.add(notYours(labels, who)));
        return Phrase.of("Not for you: {0}", Phrase.joined("; ", says));
    }

    private static Phrase notYours(List<Phrase> labels, List<String> who) {
        return who.isEmpty()
                ? Phrase.of("{0} (nobody here may)", Phrase.list(labels))
                : Phrase.of("{0} ({1})", Phrase.list(labels), Phrase.list(who));
    }

    private Stream<Block> block(Block block) {
        return block instanceof Block.Buttons(List<Button> all)
                ? buttons(all).stream()
                : Stream.of(block);
    }

    private List<Block> buttons(List<Button> all) {
        var blocks = new ArrayList<Block>();
        var own = all.stream().filter(this::isMine).toList();
        if (!own.isEmpty()) {
            blocks.add(new Block.Buttons(own));
        }
        var rest = new LinkedHashMap<List<String>, List<Phrase>>();
        all.stream()
                .filter(button -> !isMine(button))
                .forEach(button ->
                        rest.computeIfAbsent(who(button), _ -> new ArrayList<>())
                                .add(button.label()));
        if (!rest.isEmpty()) {
            blocks.add(new Block.Small(notYours(rest)));
        }
        return blocks;
    }

    private boolean isMine(Button button) {
        return rights.may(person, button.press().action());
    }

    private List<String> who(Button button) {
        return rights.who(button.press().action());
    }
}
