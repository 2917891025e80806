package backout.executor.compose;

import backout.docker.Engine;
import backout.executor.compose.traits.Trait;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Redaction;
import backout.run.Findings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What compose would really do when the plan is carried out, told before anybody says yes. */
final class Foresight {
    private final Engine engine;
    private final Scene scene;
    private final List<Member> members;
    private final Anew anew;
    private final Edits edits;
    private final Model after;
    private final ComposeWarnings warnings;
    private final Unknowns unknowns;
    private final Dollars dollars;
    private final Map<String, String> shell;
    private final List<Phrase> notes;

    private Foresight(
            Engine engine,
            ComposeCli cli,
            ProjectFiles files,
            Prospect prospect,
            Model after,
            ComposeWarnings warnings,
            List<Phrase> notes) {
        this.engine = engine;
        this.scene = prospect.scene();
        this.members =
                prospect.members().stream().filter(member -> !member.isThereAlready()).toList();
        this.after = after;
        this.warnings = warnings;
        this.notes = notes;
        this.edits = Edits.between(scene.model(), after);
        this.anew = Anew.look(engine, cli, scene, going(), edits);
        this.unknowns = Unknowns.look(cli, scene.project(), scene.model(), warnings.unset());
        this.dollars = Dollars.look(files, scene.project(), warnings.unset());
        this.shell = cli.environment(scene.project());
    }

    static Foresight look(Engine engine, ComposeCli cli, ProjectFiles files, Prospect prospect) {
        Model now = prospect.scene().model();
        ComposeWarnings said = prospect.scene().warnings();
        try {
            var changed = new Afterwards(cli, files).config(prospect.project(), prospect.change());
            Model after = changed.map(ComposeCli.Config::json).map(Model::new).orElse(now);
            ComposeWarnings warnings = changed.map(ComposeCli.Config::warnings).orElse(said);
            return new Foresight(engine, cli, files, prospect, after, warnings, List.of());
        } catch (ProblemException e) {
            Phrase note =
                    Phrase.of(
                            "what else the change of the files brings could not be asked: {0}",
                            e.problem().what());
            return new Foresight(engine, cli, files, prospect, now, said, List.of(note));
        }
    }

    private Set<String> going() {
        return members.stream().map(Member::service).collect(Collectors.toCollection(TreeSet::new));
    }

    Anew anew() {
        return anew;
    }

    Edits edits() {
        return edits;
    }

    private static List<Phrase> says(List<Trait> traits) {
        return traits.stream().map(Trait::says).toList();
    }

    /** What speaks against the plan, and what comes with it. */
    Findings findings(Switching switching) {
        var red = new ArrayList<Problem>();
        var amber = new ArrayList<>(notes);
        var blamed = new TreeSet<String>();
        for (Member member : members) {
            Way way = switching.way(member);
            List<Trait> keys = keys(member);
            if (way.byEngine()) {
                amber.addAll(left(member, keys, way));
            } else {
                red.addAll(lost(member, keys).red(blamed));
                amber.addAll(member.isDown() ? List.of() : comes(member, keys));
            }
        }
        amber.addAll(elsewhere());
        warnings.unset().stream()
                .filter(variable -> !blamed.contains(variable))
                .map(dollars::unset)
                .distinct()
                .forEach(amber::add);
        warnings.others().stream()
                .map(text -> Phrase.of("docker compose warns: {0}", Redaction.patterns(text)))
                .forEach(amber::add);
        return Findings.red(red).and(Findings.amber(amber.toArray(Phrase[]::new)));
    }

    private LostValues lost(Member member, List<Trait> keys) {
        return new LostValues(
                scene, member, keys, comparison(member), after, unknowns, dollars, shell);
    }

    private Comparison comparison(Member member) {
        return Comparison.of(engine, member.container(), member.service(), after);
    }

    /** What is not the same and not what somebody changed at the running container itself. */
    private List<Trait> keys(Member member) {
        if (member.isDown()) {
            return comparison(member).keys().stream().filter(Trait::isMount).toList();
        }
        boolean all = anew.isMadeAnew(member.service(), member.container());
        List<Trait> edited = edits.of(member.service());
        return comparison(member).keys().stream()
                .filter(trait -> all || trait.isLive() || edited.contains(trait))
                .toList();
    }

    /** What the engine leaves out, for it makes the same container of another image. */
    private static List<Phrase> left(Member member, List<Trait> keys, Way way) {
        if (!keys.isEmpty()) {
            return List.of(
                    Phrase.of(
                            "{0} keeps what it runs with where the files say otherwise; the next"
                                    + " docker compose up changes it: {1}",
                            member.service(), Phrase.list(says(keys))));
        }
        return way.isExact()
                ? List.of()
                : List.of(
                        Phrase.of(
                                "the next docker compose up would make {0} anew",
                                member.service()));
    }

    private List<Phrase> comes(Member member, List<Trait> keys) {
        String service = member.service();
        List<Trait> edited = edits.of(service);
        List<Trait> own = keys.stream().filter(key -> !edited.contains(key)).toList();
        List<Trait> byEdit = keys.stream().filter(edited::contains).toList();
        var comes = new ArrayList<Phrase>();
        if (!own.isEmpty()) {
            comes.add(
                    Phrase.of(
                            "what the files say otherwise of {0} than it runs with comes into force"
                                    + " too: {1}",
                            service, Phrase.list(says(own))));
        }
        if (!byEdit.isEmpty()) {
            comes.add(
                    Phrase.of(
                            "{0} gets another {1} by the change of the files",
                            service, Phrase.list(says(byEdit))));
        }
        return comes;
    }

    /** Who else gets another value. */
    private List<Phrase> elsewhere() {
        Set<String> going = going();
        return edits.services().stream()
                .filter(service -> !going.contains(service))
                .map(service ->
                        Phrase.of(
                                "{0} gets another {1} when it is next brought up",
                                service, Phrase.list(says(edits.of(service)))))
                .toList();
    }
}
