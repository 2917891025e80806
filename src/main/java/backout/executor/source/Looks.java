package backout.executor.source;

import backout.archive.BackupLook;
import backout.archive.Exclusions;
import backout.archive.StateLook;
import backout.archive.Unsaved;
import backout.git.GitCommits;
import backout.host.Host;
import backout.host.LowRoom;
import backout.language.Phrase;
import backout.plan.Target;
import backout.problem.Problem;
import backout.run.Findings;
import backout.run.Preflight;
import backout.run.SecretLook;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What is tried before a plan is one. */
record Looks(
        Host host, SecretLook secrets, StateLook state, SourceData content, BackupLook backup) {
    Preflight<Prospect> all() {
        return new Preflight<>(
                List.of(
                        this::owned,
                        this::writable,
                        this::whole,
                        this::runtime,
                        this::room,
                        this::locked,
                        prospect -> secrets.ofChecks(prospect.target(), prospect.checks()),
                        this::kept,
                        this::data,
                        this::work,
                        prospect -> new Mentions(host, Mentions.USUAL).of(prospect.layout())));
    }

    /** Where it serves on its own machine, as far as its address says so. */
    static OptionalInt port(Target target) {
        Optional<URI> url = target.settings().url("url");
        return url.stream()
                .filter(address -> isOwn(target, address))
                .mapToInt(address ->
                        address.getPort() > 0
                                ? address.getPort()
                                : address.getScheme().equals("https") ? 443 : 80)
                .findFirst();
    }

    /** A name may lead to a proxy that listens there for it. */
    private static boolean isOwn(Target target, URI url) {
        boolean loops = url.getHost().matches("localhost|127\\..*|\\[::1]");
        return loops && (target.isHere() || target.settings().text("from").equals("host"));
    }

    private Findings owned(Prospect prospect) {
        var red = new ArrayList<>(prospect.found().against());
        prospect.found().owners().forEach(owner -> red.addAll(owner.against()));
        if (prospect.found().owners().isEmpty()) {
            red.add(Services.nobody(prospect.layout().current()).problem());
        }
        return Findings.red(red);
    }

    private Findings writable(Prospect prospect) {
        Layout layout = prospect.layout();
        var red = new ArrayList<Problem>();
        for (Path path :
                List.of(layout.link().resolveSibling("new"), layout.releases().resolve("new"))) {
            host.writable(path).ifPresent(red::add);
        }
        Path inTheWay = layout.isInPlace() ? layout.adopted() : prospect.folder();
        if ((layout.isInPlace() || prospect.kept().isEmpty())
                && host.exists(inTheWay)
                && !host.exists(inTheWay.resolve(BuildTask.UNFINISHED))) {
            red.add(
                    new Problem(
                            Phrase.of("this is in the way of the new release: {0}", inTheWay),
                            host.name(),
                            Phrase.of("see what it is, move it away, then ask again")));
        }
        return Findings.red(red);
    }

    /** What a folder that is made of the commit would lack. */
    private Findings whole(Prospect prospect) {
        if (prospect.kept().isPresent()) {
            return Findings.fine();
        }
        try (GitCommits commits = prospect.layout().commits()) {
            String commit = prospect.choice().identity();
            if (!commits.has(commit)) {
                return Findings.amber(
                        Phrase.of(
                                "commit {0} is not here yet and is fetched first",
                                Names.brief(commit)));
            }
            var lacking = new ArrayList<>(commits.lacking(commit));
            if (commits.tracks(commit, Layout.REVISION)) {
                lacking.add(Phrase.of("a place for the file {0}", Layout.REVISION));
            }
            return lacking.isEmpty()
                    ? Findings.fine()
                    : Findings.red(BuildTask.lacks(commit, lacking));
        }
    }

    private Findings runtime(Prospect prospect) {
        return NodeLook.of(host, prospect);
    }

    private Findings room(Prospect prospect) {
        return LowRoom.look(host, prospect.layout().base()).and(state.room());
    }

    private Findings locked(Prospect prospect) {
        Path lock = prospect.layout().current().resolve(".git").resolve("index.lock");
        return host.exists(lock)
                ? Findings.red(
                        new Problem(
                                Phrase.of("somebody is at work in the checkout: {0}", lock),
                                host.name(),
                                Phrase.of(
                                        "wait until they are done; remove it where no git runs"
                                                + " any more, then ask again")))
                : Findings.fine();
    }

    private Findings kept(Prospect prospect) {
        boolean saves = prospect.prepares(Steps.BACKUP);
        Optional<String> folder =
                saves ? Optional.of(prospect.target().name().name()) : Optional.empty();
        Findings writable = state.writable(folder);
        return saves ? writable.and(state.lostKey()) : writable;
    }

    private Findings data(Prospect prospect) {
        if (!prospect.prepares(Steps.BACKUP)) {
            return Findings.fine();
        }
        if (Unsaved.isWished(prospect.wanted())) {
            return Unsaved.data(Phrase.of("said so: without data backup"));
        }
        return backup.data(
                        () -> content.data(prospect.layout().current(), prospect.saved()),
                        new Exclusions(prospect.target().settings().texts("backup.exclude")))
                .findings();
    }

    private Findings work(Prospect prospect) {
        List<Phrase> told =
                new Uncommitted(host, prospect.layout().current()).told(prospect.carry());
        Layout layout = prospect.layout();
        var amber = new ArrayList<>(told);
        if (layout.isInPlace()) {
            amber.add(
                    Phrase.of(
                            "the first rollback makes releases of this checkout: it stays whole in"
                                    + " {0}, and {1} becomes a link; whoever updates it by git pull"
                                    + " does so there from then on",
                            layout.adopted(), layout.link()));
        }
        return Findings.amber(amber.toArray(Phrase[]::new));
    }
}
