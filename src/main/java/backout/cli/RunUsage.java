package backout.cli;

import backout.frontdesk.RunFilter;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.Shown;

import picocli.CommandLine.Model.CommandSpec;

/** What {@code bot/backout} can be told about runs, as its help shows it. */
record RunUsage(Syntax syntax) {
    static final String BY = "--by";
    static final String RESULT = "--result";
    static final String SINCE = "--since";
    static final String MOST = "--most";
    static final String JSON = "--json";

    CommandSpec run() {
        return syntax.command(
                        Phrase.of("Says a command and follows what comes of it until it is over."))
                .addPositional(
                        syntax.words(
                                "\"COMMAND\"",
                                Phrase.of("Such as \"compose claude-relay because 5xx\".")))
                .addOption(syntax.person())
                .addOption(
                        syntax.flag(
                                "--yes",
                                Phrase.of(
                                        "Confirms the plan by itself; one that changed is asked for"
                                                + " again.")));
    }

    CommandSpec plan() {
        return syntax.command(Phrase.of("Shows what a command would do, and does nothing."))
                .addPositional(
                        syntax.words("\"COMMAND\"", Phrase.of("Such as \"compose claude-relay\".")))
                .addOption(
                        syntax.flag(
                                "--shell",
                                Phrase.of(
                                        "Prints it as a shell script that needs no Backout: sh FILE"
                                                + " rolls back, sh FILE back takes that back.")));
    }

    CommandSpec ofTarget(Phrase says) {
        return syntax.command(says)
                .addPositional(
                        syntax.one(
                                "TARGET",
                                0,
                                false,
                                Phrase.of("Such as claude-relay; all where none is named.")));
    }

    CommandSpec verify() {
        return syntax.command(
                        Phrase.of(
                                "Reads a target's checks now, without a rollback: 0 when it is"
                                        + " well, 1 when it is not, 4 when nobody could tell."))
                .addPositional(
                        syntax.one("TARGET", 0, true, Phrase.of("Such as {0}.", "claude-relay")));
    }

    CommandSpec decide() {
        return syntax.command(
                        Phrase.of(
                                "Which ways back a service has, which can be begun now, and which"
                                        + " is recommended."))
                .addPositional(syntax.one("TARGET", 0, true, Phrase.of("Such as {0}.", "vidfab")));
    }

    CommandSpec history() {
        return ofTarget(Phrase.of("The last runs; with a target its releases too."))
                .addOption(
                        syntax.value(
                                BY, "PERSON", Phrase.of("Those that they asked for or voted on.")))
                .addOption(
                        syntax.value(
                                RESULT,
                                "RESULT",
                                Phrase.of(
                                        "Those that stand so: {0}.",
                                        Phrase.list(RunFilter.results()))))
                .addOption(
                        syntax.value(
                                SINCE,
                                "TIME",
                                Phrase.of("Those asked for since: 2026-03-01, 7d, 12h.")))
                .addOption(syntax.value(MOST, "N", Phrase.of("How many, 20 if nothing is said.")))
                .addOption(
                        syntax.flag(
                                JSON,
                                Phrase.of(
                                        "Prints each as a line of JSON; bot/README.md has its"
                                                + " fields.")));
    }

    CommandSpec locked() {
        return syntax.command(
                        Phrase.of(
                                "Tells a pipeline whether a target may be deployed to: 0 when it is"
                                        + " free, 5 when it is locked or frozen, 4 when nobody"
                                        + " could look."))
                .addPositional(
                        syntax.one("TARGET", 0, true, Phrase.of("Such as {0}.", "claude-relay")))
                .addOption(
                        syntax.flag(
                                JSON,
                                Phrase.of(
                                        "Prints the answer as a line of JSON; bot/README.md has its"
                                                + " fields.")));
    }

    CommandSpec cancel() {
        return syntax.command(
                        Phrase.of("Stops a run that has not begun to switch, or ends its soak."))
                .addPositional(syntax.one("RUN", 0, true, Phrase.of("Such as {0}.", "7F3KQ")))
                .addOption(syntax.person());
    }

    /** How many somebody typed, 999,999 at most. */
    static int most(String typed) {
        if (!typed.matches("[1-9][0-9]{0,5}")) {
            throw Problem.stop(
                    Phrase.of("\"{0}\" is no number of runs", Shown.of(typed)),
                    Phrase.of("Say how many: {0} 100", MOST));
        }
        return Integer.parseInt(typed);
    }
}
