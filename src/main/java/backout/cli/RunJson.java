package backout.cli;

import backout.approval.Vote;
import backout.frontdesk.RunFilter;
import backout.run.GlassBroken;
import backout.run.Outcome;
import backout.run.Run;
import backout.run.RunEvent;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.Optional;

/**
 * A run as one line of JSON, for other programs: fields are only ever added. Texts are English,
 * times are UTC as ISO 8601, what there is not is null. {@code bot/README.md} lists the fields.
 */
final class RunJson {
    private static final JsonMapper JSON = new JsonMapper();

    private RunJson() {}

    static String line(Run run) {
        var request = run.request();
        ObjectNode line =
                JSON.createObjectNode()
                        .put("run", run.id().text())
                        .put("target", request.target().toString())
                        .put("result", RunFilter.result(run))
                        .put("asked-at", request.at().toString())
                        .put("asked-by", run.requester())
                        .put("asked-in", request.place())
                        .put("words", request.words())
                        .put("reason", request.reason());
        put(line, "from", run.planned().map(planned -> planned.plan().from().name()));
        put(line, "to", run.planned().map(planned -> planned.plan().to().name()));
        put(line, "plan", run.planned().map(planned -> planned.plan().hash()));
        put(line, "confirmed-at", run.confirmedAt().map(Instant::toString));
        var votes = line.putArray("votes");
        for (Vote vote : run.votes()) {
            votes.addObject()
                    .put("by", vote.by())
                    .put("at", vote.at().toString())
                    .put("approves", vote.yes());
        }
        put(line, "without-votes-by", GlassBroken.of(run).map(GlassBroken::by));
        put(line, "switched", Optional.of(run.hasBegunSwitch()));
        downtime(run)
                .ifPresentOrElse(
                        seconds -> line.put("downtime-seconds", seconds),
                        () -> line.putNull("downtime-seconds"));
        Optional<Outcome> outcome = run.outcome();
        put(line, "ended-at", outcome.map(_ -> run.events().getLast().at().toString()));
        put(line, "says", outcome.map(one -> one.says().toString()));
        return line.toString();
    }

    private static void put(ObjectNode line, String name, Optional<?> value) {
        line.set(name, value.<JsonNode>map(JSON::valueToTree).orElse(JSON.nullNode()));
    }

    private static Optional<Double> downtime(Run run) {
        return run.checked(RunEvent.Moment.AFTER_SWITCH)
                .flatMap(RunEvent.Checked::silence)
                .map(time -> time.toMillis() / 1000.0);
    }
}
