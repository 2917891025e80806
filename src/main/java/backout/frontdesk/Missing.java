package backout.frontdesk;

import backout.chat.Form;
import backout.chat.Form.Input;
import backout.chat.Form.Option;
import backout.command.Grammar.Clause;
import backout.command.Invocation;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;
import backout.problem.Problem;
import backout.report.Say;
import backout.run.Journal;
import backout.run.Run;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what a request lacks, and asks for all of it at once. */
final class Missing {
    /** More inputs nobody fills in at night, and no chat's dialog takes fewer. */
    private static final int MOST = 5;

    private static final Input REASON =
            new Input(
                    "reason",
                    Phrase.of("Why"),
                    Phrase.of("Everybody who is asked to approve it reads this."),
                    List.of());

    private static final Input WHY_MARKED =
            new Input(
                    "reason",
                    Phrase.of("Why"),
                    Phrase.of("Everybody who rolls back later reads this."),
                    List.of());

    private final Site site;
    private final Journal journal;
    private final InstantSource clock;

    Missing(Site site, Journal journal, InstantSource clock) {
        this.site = site;
        this.journal = journal;
        this.clock = clock;
    }

    /** What a rollback lacks before it can begin: which target, or a reason. */
    Optional<Reply> ofRollback(Invocation invocation) {
        List<Target> known = new Targets(site).among(invocation);
        boolean several = isOpen(invocation, known);
        boolean unreasoned = isUnreasoned(invocation, known);
        if (!several && !unreasoned) {
            return Optional.empty();
        }
        return Optional.of(
                new Reply.Ask(
                        rollback(invocation, Map.of()),
                        several
                                ? new Which(site).of(invocation, known, unreasoned)
                                : noReason(invocation)));
    }

    /**
     * Everything that can be said with a rollback and was not yet.
     *
     * @param filled what stands there already, by the keys of its inputs
     */
    Form rollback(Invocation said, Map<String, String> filled) {
        List<Target> known = new Targets(site).among(said);
        Invocation invocation =
                known.size() == 1
                        ? said.with(Map.of("target", known.getFirst().name().name()))
                        : said;
        var inputs = new ArrayList<Input>();
        if (isOpen(invocation, known)) {
            inputs.add(
                    new Input(
                            "target",
                            Phrase.of("What to roll back"),
                            Phrase.NONE,
                            options(known),
                            false,
                            true,
                            ""));
        }
        if (!invocation.has("reason")) {
            inputs.add(isUnreasoned(invocation, known) ? REASON : REASON.mayBeEmpty());
        }
        invocation.command().words().clauses().stream()
                .filter(clause -> !invocation.has(clause.key()))
                .forEach(clause -> option(clause).ifPresent(inputs::add));
        return new Form(
                Phrase.of("Roll back"),
                Phrase.of("Make the plan"),
                invocation.text(),
                "",
                inputs.stream()
                        .limit(MOST)
                        .map(input -> input.filled(filled.getOrDefault(input.key(), "")))
                        .toList());
    }

    /** Whether nobody said yet which of them it is; a group is all of them. */
    private static boolean isOpen(Invocation invocation, List<Target> known) {
        return !invocation.command().isGroup() && !invocation.has("target") && known.size() > 1;
    }

    /** What is as usual when it is left empty. */
    private static Optional<Input> option(Clause clause) {
        if (clause.value().equals("release")) {
            return Optional.of(
                    new Input(
                            clause.key(),
                            Phrase.of("Go back to"),
                            Phrase.of("The last good one, where this stays empty."),
                            List.of(),
                            true,
                            true,
                            ""));
        }
        var options =
                clause.choices().stream()
                        .map(choice -> new Option(choice, Phrase.verbatim(choice)))
                        .toList();
        return options.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Input(clause.key(), label(clause), Phrase.NONE, options).mayBeEmpty());
    }

    private static Phrase label(Clause clause) {
        String key = clause.key();
        return Phrase.verbatim(key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1));
    }

    private boolean isUnreasoned(Invocation invocation, List<Target> known) {
        return !invocation.has("reason")
                && (invocation.isDaring() || mustSayWhy(invocation, known));
    }

    /** While it is open which target, the strictest policy counts. */
    private boolean mustSayWhy(Invocation invocation, List<Target> known) {
        return known.stream()
                .filter(target ->
                        invocation
                                .value("target")
                                .map(named ->
                                        named.equals(target.name().name())
                                                || named.equals(target.name().toString()))
                                .orElse(true))
                .anyMatch(target ->
                        site.policyOf(target, invocation.value("severity").orElse("")).reasoned());
    }

    private static List<Option> options(List<Target> targets) {
        return targets.stream()
                .map(Target::name)
                .map(name -> new Option(name.name(), Phrase.verbatim(name.name())))
                .toList();
    }

    /** What a mark lacks before it counts: of which target, and why. */
    Optional<Reply> ofMark(Invocation mark) {
        List<Target> known = List.copyOf(site.targets().values());
        var inputs = new ArrayList<Input>();
        boolean severalTargets = !mark.has("target") && known.size() > 1;
        if (severalTargets) {
            inputs.add(
                    new Input(
                            "target",
                            Phrase.of("Of which target"),
                            Phrase.NONE,
                            known.stream()
                                    .map(target -> target.name().toString())
                                    .map(name -> new Option(name, Phrase.verbatim(name)))
                                    .toList()));
        }
        if (!mark.has("reason")) {
            inputs.add(WHY_MARKED);
        }
        if (inputs.isEmpty()) {
            return Optional.empty();
        }
        Phrase title = Phrase.of("Mark a release");
        var form = new Form(title, Phrase.of("Mark it"), mark.text(), "", inputs);
        return Optional.of(
                new Reply.Ask(
                        form,
                        severalTargets ? new Which(site).of(mark, known, true) : noWhy(mark)));
    }

    private static Problem noWhy(Invocation mark) {
        return Problem.of(
                Phrase.of("a mark needs a reason"),
                Phrase.of("say it again with: {0} because REASON", mark.text()));
    }

    private static Problem noReason(Invocation invocation) {
        return Problem.of(
                Phrase.of("a rollback here needs a reason"),
                Phrase.of("say it again with: {0} because REASON", invocation.text()));
    }

    /** A no that says nothing helps nobody: asked for, but not demanded of those who type. */
    Form whyDenied(Invocation deny, String plan) {
        return new Form(
                Phrase.of("Deny the rollback"),
                Phrase.of("Deny"),
                deny.text(),
                plan,
                List.of(REASON));
    }

    /** What somebody types who goes without the votes that are missing. */
    Form glass(Invocation said, String name, String plan) {
        var typed =
                new Input(
                        "name",
                        Phrase.of("What is rolled back"),
                        Phrase.of("Type exactly: {0}", name),
                        List.of());
        return new Form(
                Phrase.of("Without the votes"),
                Phrase.of("Break the glass"),
                said.text(),
                plan,
                List.of(
                        typed.filled(said.value("name").orElse("")),
                        REASON.filled(said.value("reason").orElse(""))));
    }

    /** Asks which of them it is to be. */
    Reply choice(Run run, Invocation wanted) {
        Form form =
                release(run, wanted)
                        .orElseThrow(() ->
                                Problem.stop(
                                        Phrase.of(
                                                "no release of {0} can be chosen: none but"
                                                        + " the running one is known",
                                                run.request().target()),
                                        Phrase.of("name a tag: {0} to TAG", wanted.text())));
        return new Reply.Ask(
                form,
                Problem.of(Phrase.of("no release was named"), Phrase.of("say: {0}", form.words())));
    }

    /**
     * The releases that a person may pick after a run found none that is proven good. Empty when
     * there are none.
     */
    Optional<Form> release(Run run, Invocation wanted) {
        Ledger ledger = Ledger.of(journal.read(run.request().target()));
        String current = ledger.current().map(Release::id).orElse("");
        var options =
                Stream.concat(
                                ledger.candidates(current).stream(),
                                ledger.passedOver(current).stream())
                        .map(release -> new Option(release.shortId(), label(release)))
                        .toList();
        if (options.isEmpty()) {
            return Optional.empty();
        }
        var again = wanted.with(Map.of("target", run.request().target().name()));
        var input =
                new Input(
                        "release",
                        Phrase.of("Go back to"),
                        Phrase.of("None of these is proven good, or somebody marked it."),
                        options);
        return Optional.of(
                new Form(
                        Phrase.of("Choose a release"),
                        Phrase.of("Make the plan"),
                        again.text(),
                        "",
                        List.of(input)));
    }

    private Phrase label(Release release) {
        Phrase standing =
                switch (release.standing()) {
                    case GOOD -> Phrase.of("its checks held");
                    case NEVER_PROVEN -> Phrase.of("never proven");
                    case BAD -> Phrase.of("marked bad: {0}", release.bad());
                };
        return Phrase.of(
                "{0}, {1}, last seen {2}",
                release.name(), standing, Say.ago(release.lastSeen(), clock.instant()));
    }
}
