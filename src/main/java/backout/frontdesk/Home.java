package backout.frontdesk;

import backout.chat.Block;
import backout.chat.ChatRequest;
import backout.chat.Message;
import backout.chat.Place;
import backout.language.Phrase;
import backout.problem.ProblemException;
import backout.report.Card;
import backout.run.Run;
import backout.run.RunId;

import java.util.ArrayList;
import java.util.List;

/** What the bot shows of itself to somebody who asked for nothing: what waits, and how all is. */
public record Home(Bot bot, People people) {
    /** Of more there is a line each. */
    private static final int CARDS = 3;

    /** As it is now, for who has that account; who has none is told how to come by one. */
    public Message of(String user) {
        try {
            return of(people.person(user), "home-" + user);
        } catch (ProblemException stranger) {
            return Message.refusal(stranger.problem());
        }
    }

    private Message of(String person, String delivery) {
        var blocks = new ArrayList<Block>();
        List<RunId> open = bot.journal().open();
        open.stream().limit(CARDS).forEach(run -> blocks.addAll(card(run)));
        Card.command(bot.site(), "status")
                .map(command ->
                        bot.take(
                                new ChatRequest.Typed(
                                        delivery, person, Place.NOWHERE, command.name())))
                .ifPresent(reply -> {
                    if (reply instanceof Reply.Told(Message status)) {
                        blocks.addAll(status.blocks());
                    }
                });
        return new Message(Phrase.count(open.size(), "{0} open run", "{0} open runs"), blocks);
    }

    private List<Block> card(RunId id) {
        Run run = Run.of(bot.journal().read(id));
        return Card.of(run, bot.site(), bot.clock().instant(), bot.journal()).blocks();
    }
}
