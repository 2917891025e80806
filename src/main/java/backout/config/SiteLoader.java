package backout.config;

import backout.approval.Person;
import backout.approval.Policy;
import backout.command.CommandSpec;
import backout.command.Site;
import backout.frontdesk.ChatKeys;
import backout.language.Phrase;
import backout.plan.Setting;
import backout.plan.Target;
import backout.plan.TargetKind;
import backout.plan.TargetName;
import backout.problem.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads both folders, checks them against each other, and gives everything or all problems. */
public final class SiteLoader {
    private static final List<String> FILES =
            List.of("backout.yml", "targets.yml", "people.yml", "approvals.yml", "chat.yml");

    private final Map<String, TargetKind> declared;
    private final Map<String, List<Setting>> kinds;
    private final List<ChatKeys> chats;

    /**
     * @param kinds what targets and commands may have, by the kind of their executor
     * @param chats those that a site can be reached in
     */
    public SiteLoader(Map<String, TargetKind> kinds, List<ChatKeys> chats) {
        this.declared = Map.copyOf(kinds);
        this.chats = List.copyOf(chats);
        this.kinds =
                declared.entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey, kind -> kind.getValue().settings()));
    }

    /**
     * @throws ProblemException with every problem of every file, by file and line
     */
    public Loaded load(Path commandsDir, Path configDir) {
        var problems = new Problems();
        Names<CommandSpec> commands = new CommandsFolder(declared, problems).read(commandsDir);
        Names<Person> people = PeopleFile.read(configDir.resolve("people.yml"), chats, problems);
        Names<Policy> policies = PoliciesFile.read(configDir.resolve("approvals.yml"), problems);
        Names<Target> targets =
                new TargetsFile(kinds, problems).read(configDir.resolve("targets.yml"), policies);
        Optional<BotConfig> bot = BackoutFile.read(configDir.resolve("backout.yml"), problems);
        Optional<ChatConfig> chat = ChatConfig.read(configDir.resolve("chat.yml"), chats, problems);
        refuseOtherFiles(configDir, problems);
        new CheckLines(kinds, problems).check(commands, targets);
        boolean whole = commands.isWhole() && people.isWhole() && policies.isWhole();
        if (whole && !people.given().isEmpty()) {
            new Fulfilment(people, commands, targets, problems).check(policies);
        }
        problems.throwIfAny();
        return new Loaded(
                site(commands, targets, people, policies), bot.orElseThrow(), chat.orElseThrow());
    }

    /**
     * What can be said, without a configuration.
     *
     * @throws ProblemException with every problem of these files
     */
    public List<CommandSpec> commands(Path commandsDir) {
        var problems = new Problems();
        Names<CommandSpec> commands = new CommandsFolder(declared, problems).read(commandsDir);
        problems.throwIfAny();
        return List.copyOf(commands.values().values());
    }

    private static Site site(
            Names<CommandSpec> commands,
            Names<Target> targets,
            Names<Person> people,
            Names<Policy> policies) {
        Map<TargetName, Target> byName = new LinkedHashMap<>();
        targets.values().values().forEach(target -> byName.put(target.name(), target));
        return new Site(
                List.copyOf(commands.values().values()),
                byName,
                people.values(),
                policies.values());
    }

    /** A file that nobody reads looks as if it did something. */
    private static void refuseOtherFiles(Path configDir, Problems problems) {
        try (Stream<Path> all = Files.list(configDir)) {
            all.filter(file -> file.getFileName().toString().matches("[^.].*\\.ya?ml"))
                    .filter(file -> !FILES.contains(file.getFileName().toString()))
                    .sorted()
                    .forEach(file -> refuse(file, problems));
        } catch (IOException e) {
            problems.add(
                    Place.of(configDir.toString()),
                    Phrase.of("is no folder that can be read"),
                    Phrase.of("Name it with --config DIR, or copy the shipped one"));
        }
    }

    private static void refuse(Path file, Problems problems) {
        String name = file.getFileName().toString();
        problems.add(
                Place.of(file.toString()),
                Phrase.of("nothing reads this file"),
                Hint.nearest(name, FILES, Phrase.of("Files here are: {0}", Phrase.list(FILES))));
    }
}
