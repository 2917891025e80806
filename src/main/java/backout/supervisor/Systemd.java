package backout.supervisor;

import backout.host.Command;
import backout.host.Result;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Deadline;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A unit of systemd, of the machine or of one user. A socket unit beside it goes on listening.
 *
 * @param user whose manager has it; empty for the machine's
 * @param port where it serves
 */
record Systemd(Hands hands, String unit, OptionalInt user, String homeFolder, OptionalInt port)
        implements Supervisor {
    private static final String PROPERTIES =
            "LoadState,ActiveState,SubState,Result,MainPID,NRestarts,ExecMainStatus,WorkingDirectory"
                + ",ExecStart,KillMode,TriggeredBy,Id";
    private static final Path LINGER = Path.of("/var/lib/systemd/linger");

    @Override
    public Phrase says() {
        return user.isPresent()
                ? Phrase.of("the systemd unit {0} of user {1}", unit, user.getAsInt())
                : Phrase.of("the systemd unit {0}", unit);
    }

    @Override
    public Map<String, String> texts() {
        var texts = new HashMap<>(Map.of("kind", "systemd", "unit", unit, "home", homeFolder));
        user.ifPresent(uid -> texts.put("user", Integer.toString(uid)));
        port.ifPresent(number -> texts.put("port", Integer.toString(number)));
        return texts;
    }

    static Systemd of(Hands hands, Map<String, String> texts) {
        return new Systemd(
                hands,
                Supervisors.text(texts, "unit"),
                Supervisors.number(texts, "user"),
                Supervisors.text(texts, "home"),
                Supervisors.number(texts, "port"));
    }

    @Override
    public Sight look() {
        try {
            Map<String, String> is = shown();
            Processes now = Processes.of(hands.host());
            return new Sight(
                    state(is), now.running(members(now)), why(is), count(is.get("NRestarts")));
        } catch (ProblemException e) {
            return Sight.unknown(e.problem().phrase());
        }
    }

    private static Sight.State state(Map<String, String> is) {
        return switch (is.getOrDefault("ActiveState", "")) {
            case "active", "reloading", "refreshing" -> Sight.State.RUNNING;
            case "activating" ->
                    is.getOrDefault("SubState", "").startsWith("auto-restart")
                            ? Sight.State.LOOPING
                            : Sight.State.STARTING;
            case "inactive", "failed", "maintenance" -> Sight.State.STOPPED;
            case "deactivating" -> Sight.State.STARTING;
            default -> Sight.State.UNKNOWN;
        };
    }

    private Phrase why(Map<String, String> is) {
        String result = is.getOrDefault("Result", "success");
        if (!is.getOrDefault("LoadState", "").equals("loaded")) {
            return Phrase.of("systemd has no unit {0} that it can load", unit);
        }
        return result.equals("success")
                ? Phrase.NONE
                : Phrase.of(
                        "systemd says {0}, exit status {1}",
                        result, is.getOrDefault("ExecMainStatus", "?"));
    }

    private static int count(@Nullable String number) {
        return number != null && number.matches("\\d{1,9}") ? Integer.parseInt(number) : 0;
    }

    @Override
    public List<Problem> against() {
        var against = new ArrayList<Problem>();
        Map<String, String> is = shown();
        user.ifPresent(uid -> {
            String name = hands.name(uid);
            if (!hands.host().exists(LINGER.resolve(name))) {
                against.add(
                        new Problem(
                                Phrase.of(
                                        "{0} ends when the last session of {1} does: no linger",
                                        unit, name),
                                hands.host().name(),
                                Phrase.of("loginctl enable-linger {0}, as root", name)));
            }
        });
        if (is.getOrDefault("KillMode", "").matches("process|none")) {
            against.add(
                    new Problem(
                            Phrase.of(
                                    "KillMode of {0} leaves processes behind at a stop: the bot"
                                            + " ends those of its control group, {1}",
                                    unit,
                                    members(Processes.of(hands.host())).stream()
                                            .map(Supervisors::told)
                                            .toList()),
                            hands.host().name(),
                            Phrase.of("See that none of them has to live on")));
        }
        String fixed = homeFolder + "/";
        boolean names =
                (is.getOrDefault("WorkingDirectory", "") + "/").startsWith(fixed)
                        || is.getOrDefault("ExecStart", "").contains(fixed);
        if (names && Supervisors.isRelease(homeFolder)) {
            against.add(
                    new Problem(
                            Phrase.of(
                                    "{0} names the release folder {1} itself: started again, it"
                                            + " runs out of that one",
                                    unit, homeFolder),
                            hands.host().name(),
                            Phrase.of("Let the unit name the link instead, then ask again")));
        }
        return against;
    }

    @Override
    public Systemd keepIn(Path room) {
        return this;
    }

    @Override
    public void stop(Deadline by) {
        hands.told(systemctl(by, "stop", unit));
        var ending = new Ending(hands);
        ending.end(this::members, by);
        if (!isSocketActivated()) {
            ending.freePort(port, by);
        }
    }

    @Override
    public Systemd start(Path folder, Deadline by) {
        Path real = Supervisors.real(hands.host(), folder);
        if (look().state() == Sight.State.RUNNING && runsIn(real)) {
            return in(real);
        }
        // the manager's own word on whether a file changed is at times wrong, both ways
        hands.told(systemctl(by, "daemon-reload"));
        // a release that crashed often has used up the starts of the one that comes now
        var reset = systemctl(by, "reset-failed", unit);
        // a unit that systemd has forgotten meanwhile has nothing to be reset
        if (!reset.isSuccess() && !reset.stderr().text().contains("not loaded")) {
            throw hands.failed(reset);
        }
        // a connection that came in between has made the socket unit start the old one
        var ended = systemctl(by, isSocketActivated() ? "restart" : "start", unit);
        if (!ended.isSuccess()) {
            throw didNotStart(Phrase.verbatim(ended.stderr().text().strip()));
        }
        if (!hands.await(by, () -> isSettled(real))) {
            throw didNotStart(Phrase.of("it is not there in time"));
        }
        return in(real);
    }

    /** Up and in the folder; a failure is told at once. */
    private boolean isSettled(Path real) {
        Map<String, String> is = shown();
        if (state(is) == Sight.State.STOPPED || state(is) == Sight.State.LOOPING) {
            throw didNotStart(why(is));
        }
        return state(is) == Sight.State.RUNNING && runsIn(real);
    }

    private ProblemException didNotStart(Phrase why) {
        Map<String, String> is = shown();
        return Problem.stop(
                Phrase.of(
                        "{0} did not start: {1} ({2}, {3}, exit status {4}, WorkingDirectory {5})",
                        unit,
                        why,
                        is.getOrDefault("ActiveState", "?"),
                        is.getOrDefault("Result", "?"),
                        is.getOrDefault("ExecMainStatus", "?"),
                        is.getOrDefault("WorkingDirectory", "?")),
                hands.host().name(),
                Phrase.of(
                        "journalctl {0}-u {1} -n 50 there says more",
                        user.isPresent() ? "--user " : "", unit));
    }

    private boolean runsIn(Path real) {
        return members(Processes.of(hands.host())).stream()
                .anyMatch(one -> Supervisors.isIn(one, List.of(real)));
    }

    private Systemd in(Path real) {
        return new Systemd(hands, unit, user, real.toString(), port);
    }

    boolean isSocketActivated() {
        return shown().getOrDefault("TriggeredBy", "").contains(".socket");
    }

    /** All that is in the unit's control group, whoever started it. */
    List<Processes.One> members(Processes now) {
        return now.all().values().stream()
                .filter(one -> Units.of(one).filter(new Units.Name(unit, user)::equals).isPresent())
                .sorted(Comparator.comparingLong(Processes.One::startTicks))
                .toList();
    }

    Map<String, String> shown() {
        String told =
                hands.told(
                        hands.run(
                                user.orElse(Hands.SAME),
                                Hands.SHORT,
                                Map.of(),
                                words("show", "--property=" + PROPERTIES, "--", unit)));
        return Units.properties(told);
    }

    private Result.Exited systemctl(Deadline by, String verb, String... more) {
        var words = new ArrayList<>(List.of(verb));
        words.addAll(List.of(more));
        return hands.run(
                user.orElse(0),
                by.left().plusMillis(1),
                Map.of(),
                words(words.toArray(String[]::new)));
    }

    /** A user's manager is found by its folder, which no login has told the bot. */
    private List<String> words(String... more) {
        var words = new ArrayList<String>();
        user.ifPresent(uid ->
                words.addAll(
                        List.of("env", "XDG_RUNTIME_DIR=/run/user/" + uid, "systemctl", "--user")));
        if (user.isEmpty()) {
            words.add("systemctl");
        }
        words.addAll(List.of(more));
        return words;
    }

    @Override
    public List<String> stopLines() {
        return List.of(line("stop"));
    }

    @Override
    public List<String> startLines(Path folder) {
        return List.of(Command.typed(words("daemon-reload")), line("reset-failed"), line("start"));
    }

    private String line(String verb) {
        return Command.typed(words(verb, unit));
    }
}
