package backout.cli;

import backout.config.Folders;
import backout.language.Phrase;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

import java.util.List;
import java.util.Optional;

/** What {@code bot/backout audit} can be told, as its help shows it. */
record AuditUsage(Syntax syntax) {
    static final String HEAD = "--head";

    CommandSpec audit() {
        var audit =
                syntax.command(
                        Phrase.of(
                                "About the chain over the journal: who asked, saw, voted, ran, and"
                                        + " what came of it."));
        audit.addSubcommand("verify", verify());
        audit.addSubcommand("export", export());
        return audit;
    }

    private CommandSpec verify() {
        return syntax.command(
                        Phrase.of(
                                "Finds what was edited, moved or removed in the journal. Ends with"
                                    + " 0 when nothing was, with 1 when something was, with 4 when"
                                    + " it cannot be read."))
                .addOption(
                        syntax.values(
                                HEAD,
                                "N:HASH",
                                Phrase.of(
                                        "As a final card in a chat says it after \"audit\": finds a"
                                                + " cut end, too. May be said again.")));
    }

    private CommandSpec export() {
        return syntax.command(
                        Phrase.of(
                                "Prints each event as a line of JSON with its hash; bot/README.md"
                                        + " has the fields and how others verify it."))
                .addOption(
                        syntax.value(
                                RunUsage.SINCE,
                                "TIME",
                                Phrase.of("From then on: 2026-03-01, 7d, 12h.")));
    }

    /** What verify means: the journal's chain, or the checks of the target that is named. */
    static Verb orTarget(Folders folders, ParseResult said, Optional<String> target) {
        return target.<Verb>map(name -> new Verb.Verify(folders, name))
                .orElseGet(() ->
                        new Verb.AuditVerify(folders, said.matchedOptionValue(HEAD, List.of())));
    }
}
