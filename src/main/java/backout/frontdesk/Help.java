package backout.frontdesk;

import backout.approval.Policy;
import backout.chat.Block;
import backout.chat.Block.Line;
import backout.chat.Block.Mark;
import backout.chat.Message;
import backout.command.CommandSpec;
import backout.command.Grammar.Clause;
import backout.command.Site;
import backout.language.Phrase;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What can be said, and what each word of a command does. */
final class Help {
    private final Site site;

    Help(Site site) {
        this.site = site;
    }

    Message all() {
        var rows =
                site.commands().stream()
                        .map(spec -> List.of(usage(spec), does(spec), from(spec)))
                        .toList();
        return new Message(
                Phrase.of("What can be said"),
                List.of(
                        Block.Table.of(
                                Phrase.of("Commands"),
                                List.of(Phrase.of("say"), Phrase.of("it will"), Phrase.of("from")),
                                rows)));
    }

    Message of(CommandSpec spec) {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Heading(usage(spec)));
        blocks.add(new Block.Text(Phrase.of("{0}. For L{1} and above.", does(spec), spec.level())));
        List<Line> words =
                spec.words().clauses().stream()
                        .flatMap(clause -> means(spec, clause).stream())
                        .toList();
        if (!words.isEmpty()) {
            blocks.add(new Block.Lines(Phrase.of("Its words"), words));
        }
        if (spec.isRollback()) {
            blocks.add(new Block.Text(targets(spec)));
        }
        if (isVote(spec)) {
            blocks.add(new Block.Text(Phrase.of("Whose vote counts: {0}", voters())));
        }
        return new Message(usage(spec), blocks);
    }

    private Phrase targets(CommandSpec spec) {
        var targets =
                site.targetsOf(spec.kind()).stream().map(target -> target.name().name()).toList();
        return Phrase.of(
                "Targets: {0}", targets.isEmpty() ? Phrase.of("none") : Phrase.list(targets));
    }

    /** The catalogue of the shipped commands has it; of a site's own command nothing has it. */
    private static Phrase does(CommandSpec spec) {
        return new Phrase(spec.says(), List.of());
    }

    private static Phrase usage(CommandSpec spec) {
        return Phrase.verbatim((spec.name() + " " + spec.words().text()).strip());
    }

    /** A vote may need more than the command: the policy of the target says it. */
    private Phrase from(CommandSpec spec) {
        List<Integer> levels =
                isVote(spec)
                        ? policies().stream()
                                .filter(policy -> policy.votes() > 0)
                                .map(policy -> Math.max(spec.level(), policy.from()))
                                .distinct()
                                .sorted()
                                .toList()
                        : List.of();
        if (levels.isEmpty()) {
            return Phrase.verbatim("L" + spec.level());
        }
        return levels.size() == 1
                ? Phrase.verbatim("L" + levels.getFirst())
                : Phrase.of("L{0} to L{1}", levels.getFirst(), levels.getLast());
    }

    private static boolean isVote(CommandSpec spec) {
        return spec.does().equals("approve") || spec.does().equals("deny");
    }

    private Phrase voters() {
        List<Phrase> each =
                asking().entrySet().stream()
                        .map(one ->
                                Phrase.of("{0}: from L{1} on", one.getKey(), one.getValue().from()))
                        .toList();
        return each.isEmpty() ? Phrase.of("no target asks for votes") : Phrase.joined("; ", each);
    }

    /** Those that any target names, each once however many name it. */
    private Collection<Policy> policies() {
        var policies = new HashMap<String, Policy>();
        site.targets()
                .values()
                .forEach(target ->
                        policies.computeIfAbsent(target.policy(), _ -> site.policyOf(target)));
        return policies.values();
    }

    /** The policies that ask for votes, by the name of each target that has one. */
    private Map<String, Policy> asking() {
        var asking = new TreeMap<String, Policy>();
        site.targets()
                .values()
                .forEach(target -> {
                    if (site.policyOf(target).votes() > 0) {
                        asking.put(target.name().toString(), site.policyOf(target));
                    }
                });
        return asking;
    }

    private static Optional<Line> means(CommandSpec spec, Clause clause) {
        Phrase word = Phrase.verbatim(written(clause));
        return means(spec, clause.key()).map(says -> new Line(Mark.NONE, word, says));
    }

    private static String written(Clause clause) {
        String value =
                clause.choices().isEmpty()
                        ? clause.value().toUpperCase(Locale.ROOT)
                        : String.join("|", clause.choices());
        return (String.join(" ", clause.lead()) + " " + value).strip();
    }

    /** Empty for a word that only its own kind of targets knows. */
    private static Optional<Phrase> means(CommandSpec spec, String word) {
        return Optional.ofNullable(
                switch (word) {
                    case "target" ->
                            spec.isRollback()
                                    ? Phrase.of(
                                            "what to roll back; may be left out where there is only"
                                                    + " one")
                                    : Phrase.of("one of those that status shows");
                    case "group" -> Phrase.of("one of those in config/groups.yml");
                    case "time" ->
                            Phrase.of(
                                    "how long it holds, such as 30m, 2h or 7d; without it until"
                                            + " somebody lifts it");
                    case "release" ->
                            spec.isRollback()
                                    ? Phrase.of(
                                            "where to go: a version, tag, digest or id, as history"
                                                    + " shows them; without it the last good one")
                                    : Phrase.of("a version, tag or id, as history shows them");
                    case "service" ->
                            Phrase.of(
                                    "refuses the plan if it would change another service than this"
                                        + " one, as where they take their tags from one line; the"
                                        + " refusal says how this one gets a line of its own");
                    case "with-its-files" ->
                            Phrase.of(
                                    "puts the project's compose and env files back too, as they"
                                            + " were when that release was good or as git has"
                                            + " them; without it only the image changes");
                    case "without-data-backup" ->
                            Phrase.of(
                                    "saves the project's files and no data, for when the data"
                                            + " cannot be saved in time; needs one level more, and"
                                            + " a reason");
                    case "drain" ->
                            Phrase.of(
                                    "how long requests in flight may take to end before the old"
                                            + " container is killed; longer waits are downtime");
                    case "severity" ->
                            Phrase.of(
                                    "how bad it is; people read it on the card, nothing else"
                                            + " depends on it");
                    case "reason" -> Phrase.of("why; everybody who reads the card reads it");
                    case "choice" -> Phrase.of("good may be gone back to, bad is passed over");
                    case "plan" ->
                            Phrase.of(
                                    "only while the run has the plan of these digits, as its card"
                                            + " shows them");
                    case "run" -> Phrase.of("the five letters that the card and status show");
                    case "item" ->
                            Phrase.of("the six letters that stand behind it where verify shows it");
                    case "name" -> Phrase.of("the target's name, typed so that it is no other");
                    case "command" ->
                            spec.does().equals("plan")
                                    ? Phrase.of("a rollback, as it would be typed")
                                    : Phrase.of("the first word of one of them");
                    default -> null;
                });
    }
}
