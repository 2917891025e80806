package backout.frontdesk;

import backout.command.CommandLine;
import backout.command.Invocation;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.Map;

/** Words as they are meant here: an emergency does what the rollback of its target's kind does. */
record Understood(CommandLine commands, Targets targets) {
    /**
     * @throws ProblemException when they are not understood
     */
    Invocation read(String words) {
        return meant(commands.read(words));
    }

    /** The same with what a form adds. */
    Invocation read(String words, Map<String, String> values) {
        return meant(commands.read(words, values));
    }

    private Invocation meant(Invocation said) {
        return said.command().isEmergency() && said.has("target") ? targets.emergency(said) : said;
    }

    /**
     * The words of something that makes a plan.
     *
     * @throws ProblemException when they are not understood, or make none
     */
    Invocation rollback(String words) {
        Invocation said = read(words);
        if (!said.command().rollsBack()) {
            throw Problem.stop(
                    Phrase.of("\"{0}\" makes no plan", said.command().name()),
                    Phrase.of("name a rollback: plan compose TARGET"));
        }
        return said;
    }
}
