package backout.report;

import backout.chat.Block;
import backout.chat.Button;
import backout.chat.Message;
import backout.chat.Press;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.run.Run;

import java.util.List;
import java.util.Optional;

/** The question that follows a run which found no release to go back to. */
public final class Choice {
    private Choice() {}

    /**
     * For the requester alone, after no release was found to be proven good: lets them pick one.
     * Empty where that is not so or there is none.
     */
    public static Optional<Message> of(Run run, Ledger ledger) {
        String current = ledger.current().map(Release::id).orElse("");
        boolean named = run.request().values().containsKey("release");
        boolean none = ledger.candidates(current).isEmpty() && ledger.passedOver(current).isEmpty();
        if (run.planProblem().isEmpty() || named || none) {
            return Optional.empty();
        }
        Phrase says =
                Phrase.of("No release of {0} is proven good. Choose one?", run.request().target());
        var choose =
                new Button(
                        Phrase.of("Choose a release…"),
                        Button.Look.PRIMARY,
                        new Press(Card.CHOOSE, run.id().text(), ""),
                        Phrase.NONE);
        return Optional.of(
                new Message(
                        says, List.of(new Block.Text(says), new Block.Buttons(List.of(choose)))));
    }
}
