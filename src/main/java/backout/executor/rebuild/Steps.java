package backout.executor.rebuild;

import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Step;
import backout.plan.Step.Phase;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What would be done, and what people read of it besides. */
record Steps(Prospect prospect) {
    static final String DOCKER = "rebuild.docker";
    static final String IMAGE = "rebuild.image";
    static final String FILES = "rebuild.files";
    static final String UP = "rebuild.up";

    List<Step> all() {
        var steps = new ArrayList<Step>();
        if (prepares(DOCKER) && prospect.facts().lacksDocker()) {
            steps.add(docker());
        }
        if (prepares(IMAGE)) {
            steps.add(image());
        }
        if (!prospect.before().equals(prospect.kept())) {
            steps.add(files());
        }
        steps.add(up());
        return steps;
    }

    private boolean prepares(String action) {
        return prospect.wanted().command().prepare().contains(action);
    }

    private Step step(
            String action,
            Phase phase,
            String from,
            String to,
            Map<String, String> more,
            Phrase says) {
        var with = new HashMap<>(prospect.project().said());
        with.putAll(more);
        return new Step(action, prospect.target().name(), phase, from, to, with, says);
    }

    private Step docker() {
        return step(
                DOCKER,
                Phase.PREPARE,
                "",
                "",
                Map.of(),
                Phrase.of(
                        "install Docker and compose on {0} from the packages of {1}",
                        prospect.target().host(), prospect.facts().system()));
    }

    private Step image() {
        SavedImage image = prospect.image();
        return step(
                IMAGE,
                Phase.PREPARE,
                "",
                image.id(),
                Map.of(
                        "image", image.name(),
                        "image-file", image.file().toString(),
                        "sha256", image.sha256()),
                Phrase.of("send the saved image {0} and load it there", image.name()));
    }

    private Step files() {
        Listing before = prospect.before();
        return step(
                FILES,
                Phase.SWITCH,
                before.identity(),
                prospect.kept().identity(),
                Map.of(
                        "bundle", prospect.target().settings().text("bundle"),
                        "before", before.text(),
                        "after", prospect.kept().text(),
                        "missing", String.join("\n", prospect.facts().missing())),
                Phrase.of(
                        "put {0} into {1}",
                        Phrase.list(prospect.kept().names()), prospect.project().folder()));
    }

    private Step up() {
        return step(
                UP,
                Phase.SWITCH,
                Step.NOTHING,
                prospect.choice().identity(),
                Map.of(),
                Phrase.of("start the compose project {0}", prospect.project().name()));
    }

    List<Plan.Fact> facts() {
        Facts facts = prospect.facts();
        var told = new ArrayList<Plan.Fact>();
        told.add(new Plan.Fact(Phrase.of("the machine"), machine(facts)));
        told.add(
                new Plan.Fact(
                        Phrase.of("kept since"),
                        Phrase.of(
                                "the image {0}, the files {1}",
                                prospect.image().at(), prospect.files().at())));
        told.add(
                new Plan.Fact(
                        Plan.Fact.DOWNTIME,
                        Phrase.of("none by this: nobody is led there before it is well")));
        told.add(
                new Plan.Fact(
                        Plan.Fact.DATA,
                        Phrase.of(
                                "not moved: what was written elsewhere is not there; a volume that"
                                        + " is made by it is empty")));
        prospect.target()
                .settings()
                .textIfAny("then")
                .ifPresent(name ->
                        told.add(
                                new Plan.Fact(
                                        Phrase.of("afterwards"),
                                        Phrase.of(
                                                "nobody is led there by it; when it is well: {0}",
                                                "/rollback " + name.replaceFirst("/", " ")))));
        return told;
    }

    private static Phrase machine(Facts facts) {
        return Phrase.of(
                "{0}, {1}; {2}",
                facts.system(),
                facts.architecture(),
                facts.docker()
                        .map(version -> Phrase.of("Docker {0}", version))
                        .orElse(Phrase.of("no Docker")));
    }
}
