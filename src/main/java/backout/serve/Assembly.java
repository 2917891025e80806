package backout.serve;

import backout.App;
import backout.calendar.Calendars;
import backout.chat.console.web.SignInLinks;
import backout.config.Folders;
import backout.config.Schemas;
import backout.config.SiteLoader;
import backout.frontdesk.Chat;
import backout.frontdesk.ConsoleLinks;
import backout.frontdesk.Origin;
import backout.host.Hosts;
import backout.language.Phrase;
import backout.operations.Obeyed;
import backout.operations.ShiftTable;
import backout.plan.TargetKind;
import backout.report.ReceiverKind;
import backout.run.Executors;
import backout.run.Journal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Makes the {@link App} of a configuration, as this process stands.
 *
 * @param receivers what a site can tell what happened, besides the chats
 * @param journaled is put before the journal of whatever is done
 * @param warn is given what people should know who have not asked
 */
public record Assembly(
        List<App.Kind> kinds,
        List<ChatKind> chats,
        List<ReceiverKind> receivers,
        ProcessContext context,
        UnaryOperator<Journal> journaled,
        Consumer<Phrase> warn) {
    public Assembly {
        kinds = List.copyOf(kinds);
        chats = List.copyOf(chats);
        receivers = List.copyOf(receivers);
    }

    /**
     * Reads both folders.
     *
     * @throws backout.problem.ProblemException with everything that is wrong in them
     */
    public SiteLoader.Loaded load(Folders folders) {
        return loader().load(folders.commands(), folders.config());
    }

    /** Reads the folders and opens the store; nothing goes on yet. */
    public App open(Folders folders) {
        return open(folders, warn);
    }

    /** The same, but {@code warn} is given what people should know. */
    public App open(Folders folders, Consumer<Phrase> told) {
        SiteLoader.Loaded loaded = load(folders);
        servedOtherwise(folders, loaded).ifPresent(told);
        return open(loaded, told);
    }

    /** Whether a bot serves from the same store and obeys another configuration. */
    public Optional<Phrase> servedOtherwise(Folders folders, SiteLoader.Loaded loaded) {
        return obeyed(folders).warning(loaded.bot().store());
    }

    /** The configuration of these folders, as they are now. */
    Obeyed obeyed(Folders folders) {
        return Obeyed.of(folders.config(), folders.commands(), context.clock().instant());
    }

    /** Opens the store; {@code warn} is given what people should know. */
    public App open(SiteLoader.Loaded loaded, Consumer<Phrase> warn) {
        var _ = calendars(loaded).recall();
        return new App(loaded, kinds, means(loaded, hosts(loaded)), journaled, warn);
    }

    /** Does something with what the targets are looked at by; connections end with it. */
    public <T> T looking(SiteLoader.Loaded loaded, Function<Executors, T> work) {
        try (Hosts hosts = hosts(loaded)) {
            return work.apply(means(loaded, hosts).executors(kinds));
        }
    }

    private Map<String, TargetKind> declared() {
        var declared = new LinkedHashMap<String, TargetKind>();
        kinds.forEach(kind -> declared.put(kind.declares().name(), kind.declares()));
        return declared;
    }

    /** Reads what can be said, without a configuration. */
    public SiteLoader loader() {
        return new SiteLoader(declared(), ChatKind.declared(chats), receivers);
    }

    /**
     * @param name one of those that the arguments let through
     */
    public ChatKind chat(String name) {
        return chats.stream().filter(kind -> kind.name().equals(name)).findFirst().orElseThrow();
    }

    /**
     * @param url at which that chat reaches the bot; empty where none was said
     */
    public Chat.Sheet sheet(SiteLoader.Loaded loaded, String chat, String url) {
        return new Chat.Sheet(
                loaded.site().commands(), url, loaded.chat().of(chat), context.secrets());
    }

    public Schemas schemas() {
        return new Schemas(declared(), ChatKind.declared(chats), receivers);
    }

    /** What reads the calendars that say who is on call. */
    public Calendars calendars(SiteLoader.Loaded loaded) {
        return new Calendars(
                loaded.calendars(), loaded.bot().store(), context.secrets(), context.clock());
    }

    /** Who gets other shifts than the bot that served last had them. */
    public List<Phrase> shiftChanges(SiteLoader.Loaded loaded) {
        return new ShiftTable(loaded.bot().store())
                .changes(loaded.written(), context.clock().instant());
    }

    private Hosts hosts(SiteLoader.Loaded loaded) {
        return Hosts.over(loaded.machines(), context.secrets());
    }

    private App.Means means(SiteLoader.Loaded loaded, Hosts hosts) {
        return new App.Means(
                loaded.bot(),
                hosts,
                context.clock(),
                context.nanos(),
                Origin.ofProcess(context.environment()),
                new ConsoleLinks(
                        loaded.bot().console().orElse(null),
                        new SignInLinks(loaded.bot().store(), context.clock())::make,
                        SignInLinks.GOOD_FOR));
    }
}
