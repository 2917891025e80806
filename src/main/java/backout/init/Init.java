package backout.init;

import backout.chat.Block;
import backout.chat.Message;
import backout.check.Probe;
import backout.host.Host;
import backout.host.Hosts;
import backout.http.FarProbe;
import backout.http.Http;
import backout.http.HttpProbe;
import backout.language.Language;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.problem.Nearest;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Shown;
import backout.supervisor.Deployments.Deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Writes a first configuration: looks, asks, tries, shows, and writes everything or nothing. A
 * folder that holds something is never touched.
 */
public final class Init {
    private static final Path ETC = Path.of("/etc");
    private static final String ENGINE = "unix:///var/run/docker.sock";

    private final Path folder;
    private final Scope scope;
    private final Map<String, String> environment;
    private final Secrets secrets;
    private final Dialog dialog;
    private final Rules rules;
    private final Function<Host, List<Deployment>> sources;

    /**
     * Whose services are asked about.
     *
     * @param project the only one; empty for every one
     * @param host the only one, {@code local} or a name of {@code hosts.yml}; empty for every one
     */
    public record Scope(Optional<String> project, Optional<String> host) {}

    /**
     * @param folder what will be {@code config/}; {@code hosts.yml} may be in it
     * @param environment of the process: DOCKER_HOST, LANG, USER make the first guesses
     * @param secrets what opens the keys of machines
     * @param sources what runs from source on a machine
     */
    public Init(
            Path folder,
            Scope scope,
            Map<String, String> environment,
            Secrets secrets,
            Dialog dialog,
            Rules rules,
            Function<Host, List<Deployment>> sources) {
        this.folder = folder;
        this.scope = scope;
        this.environment = Map.copyOf(environment);
        this.secrets = secrets;
        this.dialog = dialog;
        this.rules = rules;
        this.sources = sources;
    }

    /**
     * The names of the targets that it wrote; empty when somebody changed their mind.
     *
     * @throws ProblemException when nothing could be found or written: then nothing is there
     */
    public List<String> write() {
        refuseOther();
        String address = engine();
        List<Drafts.Target> targets;
        try (var hosts = Hosts.over(rules.machines(folder), secrets)) {
            var machines = new Machines(hosts, names(hosts), address, sources);
            List<Service> found =
                    machines.services(dialog).stream()
                            .filter(service -> rules.rollsBack(service.kind()))
                            .toList();
            targets = targets(ofProject(found, machines), machines);
        }
        var questions = new PeopleQuestions(dialog, rules);
        List<Drafts.Person> people = questions.ask(environment.getOrDefault("USER", "me"));
        Drafts.Policy policy = questions.policy(people);
        String store = dialog.ask(Phrase.of("Where shall journal and backups be kept?"), store());
        var site = new Drafts.Site(language(), address, store, targets, people, policy);
        try (var staging = Staging.beside(folder)) {
            return write(tried(site, staging), staging);
        }
    }

    private void refuseOther() {
        try {
            if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS) || isEmptyFolder()) {
                return;
            }
        } catch (IOException unreadable) {
            throw other(Phrase.of("cannot be looked into"));
        }
        throw other(Phrase.of("is there already, and is never overwritten"));
    }

    /** The machines can be described before, so that they are looked at. */
    private boolean isEmptyFolder() throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.allMatch(file -> file.endsWith(Staging.HOSTS));
        }
    }

    private List<String> names(Hosts hosts) {
        return scope.host()
                .map(name -> name.equals("local") || name.startsWith("ssh:") ? name : "ssh:" + name)
                .map(hosts::named)
                .map(host -> List.of(host.name()))
                .orElseGet(hosts::names);
    }

    private ProblemException other(Phrase what) {
        return Problem.stop(
                what,
                folder.toString(),
                Phrase.of(
                        "Name a new folder, bot/backout init DIR, and give it to the other"
                                + " commands as --config DIR; or move this one away first"));
    }

    private String engine() {
        String named = environment.getOrDefault("DOCKER_HOST", "");
        return named.matches("unix:///\\S+|tcp://[^\\s/@]+:\\d{1,5}") ? named : ENGINE;
    }

    /** Two sites beside each other must not share a journal; what grows is not kept in /etc. */
    private String store() {
        Path absolute = folder.toAbsolutePath().normalize();
        if (ETC.equals(absolute.getParent())) {
            return Path.of("/var/lib").resolve(absolute.getFileName()).toString();
        }
        return (absolute.endsWith("config")
                        ? absolute.resolveSibling("var")
                        : absolute.resolve("var"))
                .toString();
    }

    private String language() {
        return Language.of(environment, ZoneOffset.UTC).code();
    }

    private List<Service> ofProject(List<Service> services, Machines machines) {
        List<Service> wanted =
                services.stream()
                        .filter(service ->
                                scope.project().map(service.project()::equals).orElse(true))
                        .toList();
        if (wanted.isEmpty() && !services.isEmpty()) {
            String named = scope.project().orElseThrow();
            List<String> known =
                    services.stream()
                            .filter(Service::isOfCompose)
                            .map(Service::project)
                            .distinct()
                            .toList();
            throw Problem.stop(
                    Phrase.of(
                            "no project \"{0}\" has a container on {1}; nothing was written",
                            Shown.of(named), machines.shown()),
                    Nearest.to(named, known)
                            .map(near ->
                                    Phrase.of(
                                            "Did you mean {0}? There are: {1}",
                                            near, Phrase.list(known)))
                            .orElse(Phrase.of("There are: {0}", Phrase.list(known))));
        }
        return wanted;
    }

    private List<Drafts.Target> targets(List<Service> services, Machines machines) {
        if (services.isEmpty()) {
            throw Problem.stop(
                    Phrase.of(
                            "neither a compose project nor docker run has a container on {0},"
                                    + " and nothing runs there from a git checkout; nothing was"
                                    + " written",
                            machines.shown()),
                    Phrase.of(
                            "Bring yours up with docker compose up -d or docker run, or start it as"
                                    + " you always do, then say init again"));
        }
        dialog.say(Phrase.of("Services of compose projects: {0}.", count(services, "compose")));
        if (count(services, "container") > 0) {
            dialog.say(Phrase.of("Containers of docker run: {0}.", count(services, "container")));
        }
        if (count(services, "source") > 0) {
            dialog.say(Phrase.of("Services that run from source: {0}.", count(services, "source")));
        }
        var questions = new TargetQuestions(dialog, new HealthGuess(Init::probe), rules);
        List<Drafts.Target> targets = questions.ask(services);
        if (targets.isEmpty()) {
            throw Problem.stop(
                    Phrase.of(
                            "no service was chosen that can be rolled back; nothing was"
                                    + " written"),
                    Phrase.of("Say init again and answer y for one of them"));
        }
        return targets;
    }

    private static long count(List<Service> services, String kind) {
        return services.stream().filter(service -> service.kind().equals(kind)).count();
    }

    private static Probe probe(Host from) {
        return from.name().equals("local")
                ? new HttpProbe(Http.client(), _ -> Optional.empty())
                : new FarProbe(from, Http.client(), _ -> Optional.empty());
    }

    /** The same site, each target without the checks that do not hold on what runs now. */
    private Drafts.Site tried(Drafts.Site site, Staging staging) {
        staging.fill(new SiteText(site).files());
        staging.copy(folder);
        var fitting = new Fitting(dialog, rules, rules.load(staging.folder()));
        return site.with(site.targets().stream().map(fitting::of).toList());
    }

    private List<String> write(Drafts.Site site, Staging staging) {
        Map<String, String> files = new SiteText(site).files();
        staging.fill(files);
        rules.writeSchemas(staging.folder());
        rules.load(staging.folder());
        files.forEach(this::show);
        if (!dialog.agrees(Phrase.of("Write these files to {0}?", folder), true)) {
            dialog.say(Phrase.of("Nothing was written."));
            return List.of();
        }
        staging.moveTo(folder);
        return site.targets().stream().map(Drafts.Target::name).toList();
    }

    private void show(String file, String text) {
        Phrase title = Phrase.verbatim(folder.resolve(file).toString());
        dialog.show(new Message(title, List.of(Block.Code.of(title, text.lines().toList()))));
    }
}
