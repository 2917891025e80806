package backout.chat.console;

import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Risk;
import backout.report.Card;
import backout.run.Risks;
import backout.run.Run;

/** How a plan is confirmed in a terminal, by how risky that is. */
record Confirmation(Site site, Run run) {
    private static final String SURE = " typing yes";

    private Risk risk() {
        return Card.command(site, "confirm").map(new Risks(site, run)::of).orElse(Risk.BUTTON);
    }

    Phrase question() {
        return risk() == Risk.TYPED
                ? Phrase.of("To confirm it, type {0}:", new Risks(site, run).typed())
                : Phrase.of("Confirm? [y/N]");
    }

    /**
     * The command that follows from what was typed. Whoever says no cancels; what is typed instead
     * of what should be is refused by whoever hears it.
     */
    String answered(String said) {
        boolean no = said.isEmpty() || said.equalsIgnoreCase("n") || said.equalsIgnoreCase("no");
        boolean yes = said.equalsIgnoreCase("y") || said.equalsIgnoreCase("yes");
        String confirm = "confirm " + run.id() + " plan " + run.plan().hash();
        return switch (risk()) {
            case BUTTON -> yes ? confirm : cancel();
            case DIALOG -> yes ? confirm + SURE : cancel();
            case TYPED -> no ? cancel() : confirm + " typing " + said;
        };
    }

    private String cancel() {
        return "cancel " + run.id();
    }

    /** The command of whoever said yes beforehand, which is not enough where it is to be typed. */
    String beforehand() {
        return planned("confirm") + (risk() == Risk.DIALOG ? SURE : "");
    }

    /** The whole command, for somebody to copy. */
    String whole() {
        return risk() == Risk.TYPED
                ? planned("confirm") + " typing " + new Risks(site, run).typed()
                : beforehand();
    }

    /** A plan that was made anew is named, so that nobody says yes to what they have not read. */
    String planned(String word) {
        String plan = run.planChanges().isEmpty() ? "" : " plan " + run.plan().hash();
        return word + " " + run.id() + plan;
    }
}
