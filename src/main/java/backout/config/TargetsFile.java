package backout.config;

import backout.approval.Policy;
import backout.host.Machine;
import backout.language.Phrase;
import backout.plan.Checklist;
import backout.plan.Setting;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Shown;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code config/targets.yml} */
final class TargetsFile {
    private final Map<String, List<Setting>> kinds;
    private final Names<Checklist> lists;
    private final Problems problems;
    private final SectionReader sections;

    TargetsFile(Map<String, List<Setting>> kinds, Names<Checklist> lists, Problems problems) {
        this.kinds = kinds;
        this.lists = lists;
        this.problems = problems;
        this.sections = new SectionReader(problems);
    }

    Names<Target> read(Path file, Names<Policy> policies, Names<Machine> machines) {
        Names<Target> targets =
                new NamedSections(file, problems)
                        .read(
                                "targets",
                                TargetsFile::isName,
                                Phrase.of(
                                        "kind/name in lower-case words, such as"
                                                + " compose/claude-relay"),
                                this::target);
        targets.read().values().forEach(found -> check(found, policies));
        targets.read().values().forEach(found -> checkHost(found, machines));
        if (problems.noneIn(file.resolveSibling("checklists.yml").toString())) {
            targets.read().values().forEach(this::checkLists);
        }
        return targets;
    }

    static boolean isName(String text) {
        String[] parts = text.split("/", -1);
        return parts.length == 2 && TargetName.isWord(parts[0]) && TargetName.isWord(parts[1]);
    }

    private Optional<Target> target(String text, Yaml yaml) {
        TargetName name = TargetName.of(text);
        List<Setting> kind = kinds.get(name.kind());
        if (kind == null) {
            problems.add(
                    yaml.place(),
                    Phrase.of("there is no kind \"{0}\"", Shown.of(name.kind())),
                    Names.nearestKind(name.kind(), kinds.keySet()));
            return Optional.empty();
        }
        return sections.read(yaml, Keys.target(kind))
                .map(settings -> target(name, settings, yaml.place().file()));
    }

    private Target target(TargetName name, Settings settings, String file) {
        List<Checklist> named =
                settings.texts("checklists").stream()
                        .filter(lists.read()::containsKey)
                        .map(lists.values()::get)
                        .toList();
        return new Target(
                name,
                settings.text("host"),
                settings.text("policy"),
                settings.duration("good-after"),
                settings.duration("soak"),
                Stream.concat(
                                settings.texts("checks").stream(),
                                named.stream().flatMap(list -> list.checks().stream()))
                        .distinct()
                        .toList(),
                settings,
                file,
                named);
    }

    private void checkLists(Names.Found<Target> found) {
        for (String name : found.value().settings().texts("checklists")) {
            if (!lists.given().contains(name)) {
                problems.add(
                        found.place("checklists"),
                        Phrase.of("there is no list \"{0}\"", Shown.of(name)),
                        Names.nearest(
                                name,
                                lists.given(),
                                Phrase.of("Describe it in config/checklists.yml")));
            }
        }
    }

    private void checkHost(Names.Found<Target> found, Names<Machine> machines) {
        String host = found.value().host();
        List<String> known =
                Stream.concat(
                                Stream.of("local"),
                                machines.given().stream().sorted().map(name -> "ssh:" + name))
                        .toList();
        if (!known.contains(host)) {
            problems.add(
                    found.place("host"),
                    Phrase.of("there is no host \"{0}\"", Shown.of(host)),
                    Names.nearest(
                            host,
                            known,
                            Phrase.of(
                                    "Hosts are: {0}; describe others in config/hosts.yml",
                                    Phrase.list(known))));
        }
    }

    private void check(Names.Found<Target> found, Names<Policy> policies) {
        Target target = found.value();
        if (!policies.given().contains(target.policy())) {
            problems.add(
                    found.place("policy"),
                    Phrase.of("there is no policy \"{0}\"", Shown.of(target.policy())),
                    Names.nearest(
                            target.policy(),
                            policies.given(),
                            Phrase.of(
                                    "Policies are: {0}",
                                    Phrase.list(policies.given().stream().sorted().toList()))));
        }
    }
}
