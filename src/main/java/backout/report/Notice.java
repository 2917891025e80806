package backout.report;

import backout.chat.Message;
import backout.language.Language;
import backout.plan.TargetName;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that happened, as it is told to who cannot be asked anything back.
 *
 * @param id the same for ever, whoever is told: whoever got it twice knows by it
 * @param targets those that it is about
 * @param run which it is about; empty for what happened beside runs
 * @param facts what a program reads, by names that never change; in no language
 * @param message what people read
 */
public record Notice(
        String id,
        Happening what,
        Instant at,
        List<TargetName> targets,
        String run,
        Map<String, String> facts,
        Message message) {
    public Notice {
        targets = List.copyOf(targets);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /** The same, said in this language. */
    public Notice in(Language language) {
        return new Notice(id, what, at, targets, run, facts, message.in(language));
    }
}
