package backout.target.compose;

import backout.docker.Engine;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.target.compose.traits.Trait;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What compose would really do when the plan is carried out, told before anybody says yes. */
final class Foresight {
    private final Engine engine;
    private final Scene scene;
    private final List<Member> members;
    private final Outlook outlook;
    private final Model after;
    private final ComposeWarnings warnings;
    private final Unknowns unknowns;
    private final Map<String, String> shell;
    private final List<Phrase> notes = new ArrayList<>();

    Foresight(
            Engine engine,
            ComposeCli cli,
            ProjectFiles files,
            Scene scene,
            List<Member> members,
            FileChange change) {
        this.engine = engine;
        this.shell = cli.environment(scene.project());
        this.scene = scene;
        this.members = members.stream().filter(member -> !member.isThereAlready()).toList();
        this.outlook = Outlook.look(engine, cli, scene, going(members));
        Model model = scene.model();
        ComposeWarnings said = scene.warnings();
        try {
            var changed = new Afterwards(cli, files).config(scene.project(), change);
            model = changed.map(ComposeCli.Config::json).map(Model::new).orElse(model);
            said = changed.map(ComposeCli.Config::warnings).orElse(said);
        } catch (ProblemException e) {
            notes.add(
                    Phrase.of(
                            "what else the change of the files brings could not be asked: {0}",
                            e.problem().what()));
        }
        this.after = model;
        this.warnings = said;
        this.unknowns = Unknowns.look(cli, scene.project(), scene.model(), said.unset());
    }

    static Set<String> going(List<Member> members) {
        return members.stream().map(Member::service).collect(Collectors.toCollection(TreeSet::new));
    }

    /** All that compose would do to dependencies of the service beside what was asked for. */
    List<Phrase> dependencies(String service) {
        var all = new ArrayList<>(outlook.dependencies(service));
        all.addAll(dragged(service));
        return all;
    }

    /**
     * Dependencies of the service that get another value by the change of the files, so that
     * compose would make them anew.
     */
    private List<Phrase> dragged(String service) {
        return scene.model().dependencies(service).stream()
                .filter(name -> !going(members).contains(name))
                .filter(name -> !edited(name).isEmpty())
                .map(name ->
                        Phrase.of(
                                "docker compose would make {0} anew: {1}",
                                name, Phrase.list(says(edited(name)))))
                .toList();
    }

    private List<Trait> edited(String service) {
        return scene.model().traits(service).differing(after.traits(service));
    }

    private static List<Phrase> says(List<Trait> traits) {
        return traits.stream().map(Trait::says).toList();
    }

    /**
     * @param swaps whether the engine itself replaces the container, as it is
     */
    Preflight.Findings findings(Predicate<Member> swaps) {
        var red = new ArrayList<Problem>();
        var amber = new ArrayList<>(notes);
        var blamed = new TreeSet<String>();
        for (Member member : members) {
            if (swaps.test(member)) {
                amber.addAll(left(member));
            } else {
                var own = new Change(member, keys(member));
                red.addAll(own.red(blamed));
                amber.addAll(member.isDown() ? List.of() : own.amber());
            }
        }
        amber.addAll(elsewhere());
        warnings.unset().stream()
                .filter(variable -> !blamed.contains(variable))
                .map(variable ->
                        Phrase.of(
                                "the variable {0} is not set, docker compose takes it as empty",
                                variable))
                .forEach(amber::add);
        warnings.others().stream()
                .map(text -> Phrase.of("docker compose warns: {0}", Redaction.patterns(text)))
                .forEach(amber::add);
        return new Preflight.Findings(red, amber);
    }

    private Comparison comparison(Member member) {
        return Comparison.of(engine, member.container(), member.service(), after);
    }

    /** What is not the same and not what somebody changed at the running container itself. */
    private List<Trait> keys(Member member) {
        if (member.isDown()) {
            return comparison(member).keys().stream().filter(Trait::isMount).toList();
        }
        boolean all = outlook.isMadeAnew(member.container());
        List<Trait> edited = edited(member.service());
        return comparison(member).keys().stream()
                .filter(trait -> all || trait.isLive() || edited.contains(trait))
                .toList();
    }

    private List<Phrase> left(Member member) {
        List<Trait> keys = keys(member);
        return keys.isEmpty()
                ? List.of()
                : List.of(
                        Phrase.of(
                                "{0} keeps what it runs with where the files say otherwise; the"
                                        + " next docker compose up changes it: {1}",
                                member.service(), Phrase.list(says(keys))));
    }

    /** Who else gets another value. */
    private List<Phrase> elsewhere() {
        Set<String> going = going(members);
        return after.services().stream()
                .filter(service -> !going.contains(service) && !edited(service).isEmpty())
                .map(service ->
                        Phrase.of(
                                "{0} gets another {1} when it is next brought up",
                                service, Phrase.list(says(edited(service)))))
                .toList();
    }

    /** What one service's container would have otherwise than the one that runs. */
    private final class Change {
        private final Member member;
        private final String service;
        private final List<Trait> keys;
        private final Comparison comparison;

        Change(Member member, List<Trait> keys) {
            this.member = member;
            this.service = member.service();
            this.keys = keys;
            this.comparison = comparison(member);
        }

        List<Problem> red(Set<String> blamed) {
            return new LostValues(scene, member, keys, comparison, after, unknowns, shell)
                    .red(blamed);
        }

        List<Phrase> amber() {
            List<Trait> edited = edited(service);
            List<Trait> own = keys.stream().filter(key -> !edited.contains(key)).toList();
            List<Trait> byEdit = keys.stream().filter(edited::contains).toList();
            var amber = new ArrayList<Phrase>();
            if (!own.isEmpty()) {
                amber.add(
                        Phrase.of(
                                "what the files say otherwise of {0} than it runs with comes into"
                                        + " force too: {1}",
                                service, Phrase.list(says(own))));
            }
            if (!byEdit.isEmpty()) {
                amber.add(
                        Phrase.of(
                                "{0} gets another {1} by the change of the files",
                                service, Phrase.list(says(byEdit))));
            }
            return amber;
        }
    }
}
