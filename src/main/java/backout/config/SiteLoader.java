package backout.config;

import static java.util.stream.Collectors.toUnmodifiableMap;

import backout.approval.OnCall;
import backout.approval.Person;
import backout.approval.Policy;
import backout.calendar.CalendarList;
import backout.command.CommandSpec;
import backout.command.Site;
import backout.frontdesk.ChatKeys;
import backout.host.Machine;
import backout.plan.Checklist;
import backout.plan.Risk;
import backout.plan.Setting;
import backout.plan.Target;
import backout.plan.TargetKind;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.ReceiverKind;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads both folders, checks them against each other, and gives everything or all problems. */
public final class SiteLoader {
    private final Map<String, TargetKind> declared;
    private final Map<String, List<Setting>> kinds;
    private final List<ChatKeys> chats;
    private final List<ReceiverKind> receivers;

    /**
     * @param kinds what targets and commands may have, by the kind of their executor
     * @param chats those that a site can be reached in
     */
    public SiteLoader(Map<String, TargetKind> kinds, List<ChatKeys> chats) {
        this(kinds, chats, List.of());
    }

    /**
     * @param receivers what a site can tell what happened
     */
    public SiteLoader(
            Map<String, TargetKind> kinds, List<ChatKeys> chats, List<ReceiverKind> receivers) {
        this.declared = Map.copyOf(kinds);
        this.chats = List.copyOf(chats);
        this.receivers = List.copyOf(receivers);
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
        var folder = new ConfigFolder(configDir, problems);
        if (!folder.isThere()) {
            problems.throwIfAny();
        }
        Names<Person> named = PeopleFile.read(configDir.resolve("people.yml"), chats, problems);
        Names<Person> people = named.only(person -> !person.isProgram());
        OnCallFile.Lists onCall =
                OnCallFile.read(configDir.resolve("people.yml"), people, problems);
        Names<Policy> policies = PoliciesFile.read(configDir.resolve("approvals.yml"), problems);
        Names<Machine> machines = HostsFile.read(configDir.resolve("hosts.yml"), problems);
        Names<Checklist> lists = ChecklistsFile.read(configDir.resolve("checklists.yml"), problems);
        Names<Target> targets =
                new TargetsFile(kinds, lists, problems)
                        .read(configDir.resolve("targets.yml"), policies, machines);
        Names<List<TargetName>> groups =
                new GroupsFile(targets, problems).read(configDir.resolve("groups.yml"));
        Optional<BotConfig> bot = BotConfig.read(configDir.resolve("backout.yml"), problems);
        Optional<ChatConfig> chat =
                ChatConfig.read(configDir.resolve("chat.yml"), chats, targets, problems);
        var notices = new NoticesFile(receivers, problems);
        Names<ReceiverKind.Declared> told = notices.read(configDir.resolve("notices.yml"), targets);
        notices.checkPagers(people, told);
        folder.refuseOthers();
        new CheckLines(kinds, lists, problems).check(commands, targets);
        boolean whole = commands.isWhole() && people.isWhole() && policies.isWhole();
        if (whole && !people.given().isEmpty()) {
            new Fulfilment(people, commands, targets, problems).check(policies);
            if (problems.noneIn(configDir.resolve("people.yml").toString())) {
                new EscalationRules(people, onCall.byLevel(), problems).check(policies);
            }
        }
        problems.throwIfAny();
        return new Loaded(
                site(
                        commands,
                        targets,
                        people,
                        named.only(Person::isProgram).values(),
                        policies,
                        onCall.byLevel(),
                        groups.values(),
                        configDir),
                bot.orElseThrow(),
                chat.orElseThrow(),
                List.copyOf(machines.values().values()),
                List.copyOf(told.values().values()),
                onCall.calendars(),
                new Reach(
                                people.values().values(),
                                onCall.byLevel(),
                                chat.orElseThrow().served().keySet())
                        .check(policies));
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

    /**
     * The machines of {@code hosts.yml} alone, which can be there before the other files.
     *
     * @throws ProblemException with every problem of that file
     */
    public List<Machine> machines(Path configDir) {
        var problems = new Problems();
        Names<Machine> machines = HostsFile.read(configDir.resolve("hosts.yml"), problems);
        problems.throwIfAny();
        return List.copyOf(machines.values().values());
    }

    private Site site(
            Names<CommandSpec> commands,
            Names<Target> targets,
            Names<Person> people,
            Map<String, Person> programs,
            Names<Policy> policies,
            Map<Integer, OnCall> onCall,
            Map<String, List<TargetName>> groups,
            Path folder) {
        Map<TargetName, Target> byName = new LinkedHashMap<>();
        targets.values().values().forEach(target -> byName.put(target.name(), target));
        return new Site(
                sayable(List.copyOf(commands.values().values()), byName.values()),
                byName,
                people.values(),
                programs,
                policies.values(),
                onCall,
                groups,
                folder,
                declared.values().stream()
                        .collect(toUnmodifiableMap(TargetKind::name, TargetKind::remedy)));
    }

    /** A confirmation can be said with what makes sure of it, where something asks for that. */
    private static List<CommandSpec> sayable(
            List<CommandSpec> commands, Collection<Target> targets) {
        boolean asks =
                Stream.concat(
                                commands.stream().map(CommandSpec::risk),
                                targets.stream().map(Target::risk))
                        .anyMatch(risk -> risk != Risk.BUTTON);
        return commands.stream()
                .map(command ->
                        asks && command.does().equals("confirm") ? command.typing() : command)
                .toList();
    }

    /**
     * Everything that both folders say, read and checked.
     *
     * @param receivers who is told what happened, besides the chats
     * @param calendars those of the site's lists that are still to be read
     * @param unreached levels that are called and can be reached by no chat and no pager
     */
    public record Loaded(
            Site site,
            BotConfig bot,
            ChatConfig chat,
            List<Machine> machines,
            List<ReceiverKind.Declared> receivers,
            List<CalendarList> calendars,
            List<Problem> unreached) {
        /** The same for a bot that goes on with the settings, chats and machines of that one. */
        public Loaded servedAs(Loaded first) {
            return new Loaded(
                    site, first.bot, first.chat, first.machines, receivers, calendars, unreached);
        }

        /** Who is on call by what the files themselves say, by level; calendars change without. */
        public Map<Integer, OnCall> written() {
            var lists = new TreeMap<>(site.onCall());
            calendars.forEach(calendar -> lists.remove(calendar.level()));
            return lists;
        }
    }
}
