package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.check.Quantity;
import backout.fixture.Await;
import backout.plan.TargetEvent;
import backout.run.CallEvent;
import backout.run.Evidence.Finding;
import backout.run.Next;
import backout.run.RunEvent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plays a scenario file in one chat; {@code scenarios/README.md} says what its lines mean. Unlike
 * {@link SlackBot#until} it never lets time pass but where the file says so.
 */
final class Play {
    private static final Pattern DOES =
            Pattern.compile("(\\w+) (says|denies|presses|types|breaks glass|reviews)[: ]+(.*)");
    private static final Pattern BECOMES = Pattern.compile("(\\w+) is (gone|L[0-3])");
    private static final Pattern TURNS =
            Pattern.compile("(good|bad) is (deployed|proven|well|unwell)");
    private static final Pattern PASSES = Pattern.compile("(\\S+) pass");
    private static final Pattern KEYED = Pattern.compile("([a-z-]+)(?: (\\w+))?: (.*)");

    private static final List<String> OF_CALLS = List.of("claim", "giveback", "nudge", "oncall");
    private static final List<String> OF_GLASS = List.of("breakglass", "review", "unlock");
    private static final List<String> OF_HOLDS = List.of("pause", "resume", "abort");
    private static final List<String> OF_PROPOSALS = List.of("fix", "fixed", "snooze");
    private static final String IN_VAIN = " in vain";
    private static final Pattern TIME = Pattern.compile("\\d+[a-z]+");

    private final SlackBot bot;
    private final ChatContract.Face face;
    private final boolean restarts;
    private final Map<String, String> levels = new LinkedHashMap<>();
    private final Map<String, String> buttons = new HashMap<>();
    private String onCall = "";
    private boolean served;
    private boolean stopped;
    private boolean asksBack;
    private int heard;

    /**
     * @param restarts whether the bot is killed and started again after each step
     */
    Play(SlackBot bot, ChatContract.Face face, boolean restarts) {
        this.bot = bot;
        this.face = face;
        this.restarts = restarts;
    }

    void of(Path file) {
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                try {
                    line(line.strip());
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError(file.getFileName() + ":" + number + ": " + line, e);
                }
            }
        }
        assertCalledOnce();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void line(String line) {
        Matcher does = DOES.matcher(line);
        Matcher becomes = BECOMES.matcher(line);
        Matcher turns = TURNS.matcher(line);
        Matcher passes = PASSES.matcher(line);
        Matcher keyed = KEYED.matcher(line);
        if (passes.matches()) {
            pass(passes.group(1));
        } else if (line.equals("restart")) {
            bot.restart();
        } else if (line.equals("stop")) {
            bot.stop();
            stopped = true;
        } else if (line.equals("start")) {
            bot.serve();
            stopped = false;
        } else if (turns.matches()) {
            serve();
            turns(turns.group(1).equals("good") ? SimService.GOOD : SimService.BAD, turns.group(2));
        } else if (line.equals("the service is looked at")) {
            look();
        } else if (line.equals("a rollback is proposed")) {
            Await.until("a proposal", () -> isThere() && bot.run().planned().isPresent());
        } else if (line.endsWith(" is sure")) {
            String person = line.substring(0, line.indexOf(' '));
            face.sure(person, button("confirm"));
            Await.until("it is heard", () -> bot.run().isConfirmed());
        } else if (line.equals("it waits")) {
            Await.until("it waits", () -> bot.run().next(bot.clock.instant()) instanceof Next.Wait);
        } else if (line.equals("nothing is switched")) {
            assertThat(bot.run().hasBegunSwitch()).isFalse();
        } else if (becomes.matches()) {
            becomes(becomes.group(1), becomes.group(2));
        } else if (does.matches()) {
            serve();
            does(does.group(1), does.group(2), does.group(3));
        } else if (keyed.matches()) {
            keyed(keyed.group(1), keyed.group(2), keyed.group(3));
            return;
        } else {
            throw new IllegalArgumentException("a scenario has no such line");
        }
        if (restarts && served && !stopped) {
            bot.restart();
        }
    }

    /** {@code 4m59s} */
    private void pass(String time) {
        TIME.matcher(time)
                .results()
                .map(part -> Quantity.duration(part.group()).orElseThrow())
                .forEach(bot.clock::pass);
    }

    private void serve() {
        if (!served) {
            bot.people(levels, onCall);
            OF_CALLS.forEach(bot::adopt);
            OF_PROPOSALS.forEach(bot::adopt);
            OF_HOLDS.forEach(bot::adopt);
            OF_GLASS.forEach(bot::adopt);
            bot.restart();
            served = true;
        }
    }

    private void turns(String release, String what) {
        switch (what) {
            case "deployed" -> bot.service.deploy(release);
            case "well" -> bot.service.health(release, Finding.WELL);
            case "unwell" -> bot.service.health(release, Finding.UNWELL);
            default ->
                    bot.journal()
                            .append(
                                    SimService.name(),
                                    List.of(
                                            new TargetEvent.FoundGood(
                                                    bot.clock.instant(), release, "", List.of())));
        }
        look();
    }

    /** As the bot does each minute of the real time. */
    private void look() {
        bot.service.changed();
        Await.until("it was looked at", this::isSeen);
    }

    private boolean isSeen() {
        boolean looked =
                bot.journal()
                        .condition(SimService.name())
                        .filter(seen -> !seen.at().isBefore(bot.clock.instant()))
                        .filter(seen -> seen.release().equals(bot.service.runs()))
                        .isPresent();
        return looked
                && bot.journal().read(SimService.name()).stream()
                        .filter(TargetEvent.Felt.class::isInstance)
                        .map(TargetEvent.Felt.class::cast)
                        .reduce((_, last) -> last)
                        .filter(felt -> felt.id().equals(bot.service.runs()))
                        .filter(felt -> felt.well() == bot.service.isWell())
                        .isPresent();
    }

    private void becomes(String person, String level) {
        levels.remove(person);
        if (!level.equals("gone")) {
            levels.put(person, level);
        }
        bot.people(levels, onCall).restart();
    }

    private void does(String person, String what, String words) {
        switch (what) {
            case "says" -> {
                int before = version();
                String told = face.told(person);
                face.says(person, isThere() ? words.replace("RUN", bot.runId() + "") : words);
                Await.until(
                        "it is heard", () -> version() > before || !face.told(person).equals(told));
                Await.until("a plan", () -> isThere() && bot.run().planned().isPresent());
            }
            case "denies" -> {
                face.presses(person, face.button("deny"));
                face.fillsIn(person, Map.of("reason", words));
                Await.until("it is heard", () -> !bot.run().votes().isEmpty());
            }
            case "breaks glass" -> {
                String[] typed = words.split(" because ", 2);
                face.presses(person, face.button("breakglass"));
                heard(
                        person,
                        () -> face.fillsIn(person, Map.of("name", typed[0], "reason", typed[1])));
            }
            case "types" -> {
                face.presses(person, button("confirm"));
                heard(person, () -> face.fillsIn(person, Map.of("text", words)));
            }
            case "reviews" ->
                    heard(
                            person,
                            () -> face.says(person, "review " + bot.runId() + " because " + words));
            default -> {
                if (words.endsWith(IN_VAIN)) {
                    int before = version();
                    String pressed = button(words.substring(0, words.indexOf(IN_VAIN)));
                    heard(person, () -> face.presses(person, pressed));
                    assertThat(version()).isEqualTo(before);
                    return;
                }
                heard(person, () -> face.presses(person, button(words)));
                // what was heard may be the answer to what was said before
                if (words.equals("confirm") && !asksBack) {
                    Await.until("it is confirmed", () -> bot.run().isConfirmed());
                }
                if (words.equals("approve")) {
                    Await.until("it is approved", () -> hasVoted(person));
                }
            }
        }
    }

    private void heard(String person, Runnable doing) {
        int before = version();
        String told = face.told(person);
        doing.run();
        Await.until("it is heard", () -> version() > before || !face.told(person).equals(told));
    }

    private boolean hasVoted(String person) {
        return bot.run().votes().stream().anyMatch(vote -> vote.by().equals(person));
    }

    private int version() {
        return isThere() ? bot.run().version() : 0;
    }

    private boolean isThere() {
        return !bot.journal().recent(1).isEmpty();
    }

    private String button(String action) {
        return OF_CALLS.contains(action)
                ? face.stale(action, bot.run())
                : buttons.computeIfAbsent(action, face::button);
    }

    private void keyed(String key, String person, String text) {
        switch (key) {
            case "people" -> people(text);
            case "policy" -> bot.policy(text);
            case "on-call" -> onCall = text;
            case "automatic" -> bot.site.automatic(text);
            case "soak" -> bot.site.soak(text);
            case "risk" -> {
                bot.site.risk(text);
                asksBack = true;
            }
            case "called" -> called(text);
            case "card" ->
                    Await.until(
                            "the card says: " + text,
                            () -> !face.keepsCard() || plain(face.card()).contains(text));
            case "told" ->
                    Await.until(
                            person + " is told: " + text,
                            () -> plain(face.told(person)).contains(text));
            case "alone" ->
                    Await.until(
                            person + " is written to: " + text,
                            () ->
                                    face.calls(person).isEmpty()
                                            || plain(face.told(person)).contains(text));
            case "ends" -> {
                Await.until("the end", () -> bot.run().outcome().isPresent());
                assertThat(bot.run().outcome().orElseThrow().result()).hasToString(text);
            }
            default -> throw new IllegalArgumentException("a scenario has no such line");
        }
    }

    private static String plain(String text) {
        return text.replaceAll("<@[^>]*>", "").replace("*", "").replaceAll("\\s+", " ");
    }

    private void people(String text) {
        for (String person : text.split(", *")) {
            String[] words = person.split(" ");
            levels.put(words[0], words[1]);
        }
    }

    /** Whoever is due is called before anybody looks. */
    private void called(String text) {
        Await.until("all who are due are called", () -> !isDue() && bot.isAllCalled());
        List<RunEvent> events = bot.run().events();
        var calls = new ArrayList<String>();
        for (RunEvent event : events.subList(heard, events.size())) {
            switch (event) {
                case CallEvent.Paged page -> calls.add(level(page.level(), page.people()));
                case CallEvent.Nudged page -> calls.add(level(page.level(), page.people()));
                default -> {}
            }
        }
        heard = events.size();
        assertThat(calls.isEmpty() ? "nobody" : String.join(", ", calls)).isEqualTo(text);
    }

    private boolean isDue() {
        return bot.run().next(bot.clock.instant()) instanceof Next.Call;
    }

    private static String level(int level, List<String> people) {
        return "L" + level + " " + (people.isEmpty() ? "nobody" : String.join(" ", people));
    }

    /** Each person alone exactly as often as the journal called them, as far as it mattered. */
    private void assertCalledOnce() {
        Await.until("nobody is left to be called", bot::isAllCalled);
        for (String person : levels.keySet()) {
            long calls = bot.run().events().stream().filter(one -> calls(one, person)).count();
            face.calls(person)
                    .ifPresent(
                            told -> assertThat(told).as(person + " was called").isEqualTo(calls));
        }
    }

    private static boolean calls(RunEvent event, String person) {
        return switch (event) {
            case CallEvent.Paged page -> page.people().contains(person);
            case CallEvent.Nudged nudge -> nudge.people().contains(person);
            default -> false;
        };
    }
}
