package backout.config;

import backout.language.Phrase;
import backout.problem.Shown;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.Event.ID;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Builds the tree of one file from the parser's events. Aliases, tags and further documents are
 * refused: a configuration is read by people, and an alias can blow up a small file.
 */
final class YamlFile {
    private static final int MAX_DEPTH = 20;

    /** Stops the reading of this file; the problem is already told. */
    private static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Iterator<Event> events;
    private final Problems problems;
    private int reached = 1;

    private YamlFile(Iterator<Event> events, Problems problems) {
        this.events = events;
        this.problems = problems;
    }

    /** The file's keys; empty when there are none to speak of, the reasons told. */
    static Optional<Yaml.Section> read(Path path, Problems problems) {
        return TextFile.read(path, problems)
                .flatMap(text -> parse(text, Place.of(path.toString()), problems));
    }

    private static Optional<Yaml.Section> parse(String text, Place file, Problems problems) {
        var settings = LoadSettings.builder().setCodePointLimit(TextFile.MAX_BYTES).build();
        var reader = new YamlFile(new Parse(settings).parseString(text).iterator(), problems);
        try {
            return reader.document(file);
        } catch (MarkedYamlEngineException e) {
            YamlMistake.tell(e, text, file, problems);
        } catch (TooDeep _) {
            return Optional.empty();
        } catch (YamlEngineException | IllegalArgumentException unmarked) {
            // Its words may hold what stands there, which may be a secret.
            problems.add(
                    file.at(reader.reached),
                    Phrase.of("is not YAML that can be read, from this line on"),
                    Phrase.of("Check what stands after \\ in quotes, and a line with %"));
        }
        return Optional.empty();
    }

    private Optional<Yaml.Section> document(Place file) {
        Optional<Yaml.Section> top = Optional.empty();
        boolean first = true;
        while (events.hasNext()) {
            Event event = next();
            if (event.getEventId() != ID.DocumentStart) {
                continue;
            }
            if (!first) {
                problems.add(
                        file.at(line(event)),
                        Phrase.of("a second document begins with ---"),
                        Phrase.of("Keep one document per file"));
                return Optional.empty();
            }
            first = false;
            top = top(file);
        }
        if (first) {
            problems.add(file, Phrase.of("is empty"), Phrase.of("Copy it from the shipped folder"));
        }
        return top;
    }

    private Optional<Yaml.Section> top(Place file) {
        Event event = next();
        Yaml yaml = value(event, file.at(line(event)), 0);
        if (yaml instanceof Yaml.Section section) {
            return Optional.of(section);
        }
        if (!(yaml instanceof Yaml.Unreadable)) {
            problems.add(
                    yaml.place(),
                    Phrase.of("should be a section of keys, is {0}", yaml.seen()),
                    Phrase.of("Write key: value"));
        }
        return Optional.empty();
    }

    private Yaml value(Event event, Place place, int depth) {
        if (depth > MAX_DEPTH) {
            problems.add(
                    place,
                    Phrase.of("is nested more than 20 deep"),
                    Phrase.of("Keep to the keys of the README"));
            throw new TooDeep();
        }
        if (event instanceof AliasEvent alias) {
            problems.add(
                    place.at(line(event)),
                    Phrase.of("is an alias, *{0}", Shown.of(alias.getAlias().getValue())),
                    Phrase.of("Write the value out"));
            return new Yaml.Unreadable(place);
        }
        if (event instanceof ScalarEvent scalar) {
            refuseTag(scalar.getTag(), place);
            boolean quoted = scalar.getScalarStyle() != ScalarStyle.PLAIN;
            return new Yaml.Text(place, scalar.getValue(), quoted);
        }
        refuseTag(((CollectionStartEvent) event).getTag(), place);
        return event.getEventId() == ID.MappingStart ? section(place, depth) : items(place, depth);
    }

    private void refuseTag(Optional<String> tag, Place place) {
        tag.ifPresent(text ->
                problems.add(
                        place,
                        Phrase.of("has the tag {0}", Shown.of(text)),
                        Phrase.of("Leave the tag out")));
    }

    private Yaml items(Place place, int depth) {
        var items = new ArrayList<Yaml>();
        for (Event event = next(); event.getEventId() != ID.SequenceEnd; event = next()) {
            Place at = place.child(Integer.toString(items.size() + 1), line(event));
            items.add(value(event, at, depth + 1));
        }
        return new Yaml.Items(place, items);
    }

    private Yaml section(Place place, int depth) {
        Map<String, Yaml> members = new LinkedHashMap<>();
        for (Event event = next(); event.getEventId() != ID.MappingEnd; event = next()) {
            member(event, place, depth, members);
        }
        return new Yaml.Section(place, members);
    }

    private void member(Event event, Place place, int depth, Map<String, Yaml> members) {
        if (!(event instanceof ScalarEvent name)) {
            value(event, place, depth + 1);
            problems.add(
                    place.at(line(event)),
                    Phrase.of("a key is not a word"),
                    Phrase.of("Write key: value"));
            value(next(), place, depth + 1);
            return;
        }
        String key = name.getValue();
        Place at = place.child(key, line(event));
        Yaml value = value(next(), at, depth + 1);
        Yaml former = members.putIfAbsent(key, value);
        if (former != null) {
            problems.add(
                    at,
                    Phrase.of("is written twice, first in line {0}", former.place().line()),
                    Phrase.of("Keep one of them"));
        }
    }

    private Event next() {
        Event event = events.next();
        reached = line(event);
        return event;
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
