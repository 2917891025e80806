package backout.config;

import backout.approval.OnCall;
import backout.approval.Person;
import backout.approval.Rotation;
import backout.approval.StandIns;
import backout.calendar.CalendarList;
import backout.calendar.CalendarSource;
import backout.language.Phrase;
import backout.plan.Settings;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code on-call} in {@code config/people.yml}: who is on call, by level. */
final class OnCallFile {
    static final String TOP = "on-call";

    private static final Set<String> LEVELS = Set.of("L1", "L2", "L3");
    private static final List<String> WAYS = List.of("people", "rotation", "calendar");

    private final Path folder;
    private final Names<Person> people;
    private final Problems problems;
    private final List<CalendarList> calendars = new ArrayList<>();

    private OnCallFile(Path folder, Names<Person> people, Problems problems) {
        this.folder = folder;
        this.people = people;
        this.problems = problems;
    }

    /**
     * What it says.
     *
     * @param byLevel who is on call
     * @param calendars those of them that are to be read
     */
    record Lists(Map<Integer, OnCall> byLevel, List<CalendarList> calendars) {}

    static Lists read(Path file, Names<Person> people, Problems problems) {
        Optional<Yaml> lists =
                YamlFile.read(file, new Problems()).map(content -> content.members().get(TOP));
        var onCall = new OnCallFile(file.resolveSibling(""), people, problems);
        var read = new LinkedHashMap<Integer, OnCall>();
        lists.ifPresent(yaml -> onCall.lists(yaml, read));
        return new Lists(read, List.copyOf(onCall.calendars));
    }

    private void lists(Yaml yaml, Map<Integer, OnCall> read) {
        if (!(yaml instanceof Yaml.Section section)) {
            problems.add(
                    yaml.place(),
                    Phrase.of("should be a section of names, is {0}", yaml.seen()),
                    Phrase.of("Write L1:, L2: or L3: below it, indented"));
            return;
        }
        section.members()
                .forEach((level, list) -> {
                    if (LEVELS.contains(level)) {
                        new SectionReader(problems)
                                .read(list, ApprovalKeys.ON_CALL)
                                .flatMap(settings -> list(level, (Yaml.Section) list, settings))
                                .ifPresent(onCall -> read.put(Keys.level(level), onCall));
                    } else {
                        problems.add(
                                list.place(),
                                Phrase.of("there is no such level"),
                                Phrase.of(
                                        "Levels here are: {0}",
                                        Phrase.list(List.of("L1", "L2", "L3"))));
                    }
                });
    }

    private Optional<OnCall> list(String level, Yaml.Section section, Settings settings) {
        List<String> ways = WAYS.stream().filter(settings.values()::containsKey).toList();
        if (ways.size() != 1) {
            problems.add(
                    section.place(),
                    ways.isEmpty()
                            ? Phrase.of("says of nobody that they are on call")
                            : Phrase.of("says twice who is on call: {0}", Phrase.list(ways)),
                    Phrase.of("Write one of: {0}", Phrase.list(WAYS)));
            return Optional.empty();
        }
        int before = problems.count();
        Optional<Rotation> rotation =
                settings.textIfAny("rotation")
                        .flatMap(text -> rotation(text, section.placeOf("rotation")));
        ZoneId zone =
                zone(settings, section)
                        .or(() -> rotation.map(Rotation::zone))
                        .orElse(ZoneId.of("UTC"));
        List<StandIns.StandIn> standIns = standIns(settings, section, zone);
        refuseHidden(settings, section, standIns);
        if (problems.count() == before) {
            known(level, names(settings, rotation, standIns), section);
        }
        if (problems.count() != before) {
            return Optional.empty();
        }
        OnCall list =
                settings.textIfAny("calendar")
                        .<OnCall>map(written -> calendar(level, written, settings))
                        .or(() -> rotation)
                        .orElseGet(() -> OnCall.always(settings.texts("people")));
        return Optional.of(new StandIns(list, standIns));
    }

    private CalendarList calendar(String level, String written, Settings settings) {
        var list =
                new CalendarList(
                        Keys.level(level),
                        new CalendarSource(written, folder),
                        settings.textIfAny("zone").flatMap(OnCallWords::zone),
                        List.copyOf(people.values().values()));
        calendars.add(list);
        return list;
    }

    private Optional<Rotation> rotation(String text, Place place) {
        Optional<Rotation> rotation = OnCallWords.rotation(text);
        if (rotation.isEmpty()) {
            problems.add(
                    place,
                    Phrase.of("is no rotation"),
                    Phrase.of(
                            "Write it as in: [li, ben] every 7d from 2026-11-02T09:00"
                                    + " Asia/Shanghai"));
        }
        return rotation;
    }

    private Optional<ZoneId> zone(Settings settings, Yaml.Section section) {
        Optional<String> name = settings.textIfAny("zone");
        Optional<ZoneId> zone = name.flatMap(OnCallWords::zone);
        if (name.isPresent() && zone.isEmpty()) {
            problems.add(
                    section.placeOf("zone"),
                    Phrase.of("is no time zone"),
                    Phrase.of("Write it as in: Europe/London"));
        }
        return zone;
    }

    private List<StandIns.StandIn> standIns(Settings settings, Yaml.Section section, ZoneId zone) {
        var standIns = new ArrayList<StandIns.StandIn>();
        for (String text : settings.texts("overrides")) {
            OnCallWords.standIn(text, zone)
                    .ifPresentOrElse(
                            standIns::add,
                            () ->
                                    problems.add(
                                            section.placeOf("overrides"),
                                            Phrase.of("\"{0}\" says not who stands in when", text),
                                            Phrase.of(
                                                    "Write it as in: ben from 2026-12-24T09:00 to"
                                                            + " 2026-12-27T09:00")));
        }
        return standIns;
    }

    /** A line that lower ones take all of its time would be believed to hold. */
    private void refuseHidden(
            Settings settings, Yaml.Section section, List<StandIns.StandIn> standIns) {
        List<String> texts = settings.texts("overrides");
        if (texts.size() != standIns.size()) {
            return;
        }
        for (int line = 0; line < standIns.size(); line++) {
            if (standIns.get(line).isHiddenBy(standIns.subList(line + 1, standIns.size()))) {
                problems.add(
                        section.placeOf("overrides"),
                        Phrase.of(
                                "\"{0}\" never counts: lines below it are for all of its time",
                                texts.get(line)),
                        Phrase.of("Take it out, or write it below them"));
            }
        }
    }

    private static List<String> names(
            Settings settings, Optional<Rotation> rotation, List<StandIns.StandIn> standIns) {
        return Stream.of(
                        settings.texts("people").stream(),
                        rotation.stream().flatMap(one -> one.people().stream()),
                        standIns.stream().map(StandIns.StandIn::person))
                .flatMap(one -> one)
                .distinct()
                .toList();
    }

    /** Whoever is called there must be somebody whose word counts there. */
    private void known(String level, List<String> names, Yaml.Section section) {
        if (names.isEmpty() && !section.members().containsKey("calendar")) {
            problems.add(
                    section.place(),
                    Phrase.of("has nobody in it"),
                    Phrase.of("Name people, or leave {0} out: then all of {0} are called", level));
        }
        if (!people.isWhole() || people.given().isEmpty()) {
            return;
        }
        for (String name : names) {
            Person person = people.values().get(name);
            if (person == null) {
                problems.add(
                        section.place(),
                        Phrase.of("names \"{0}\", who is nobody here", name),
                        Names.nearest(
                                name,
                                people.given(),
                                Phrase.of(
                                        "Known people: {0}",
                                        people.given().stream().sorted().toList())));
            } else if (person.level() < Keys.level(level)) {
                problems.add(
                        section.place(),
                        Phrase.of("names {0}, who is L{1}", name, person.level()),
                        Phrase.of("Raise {0} to {1}, or name somebody else", name, level));
            }
        }
    }
}
