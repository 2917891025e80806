package backout.frontdesk;

import backout.approval.Person;
import backout.chat.ChatRequest;
import backout.command.Invocation;
import backout.plan.Target;
import backout.run.RunEvent;
import backout.run.RunId;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A request that was understood.
 *
 * @param plan the hash of the plan that the person was looking at; empty where none was
 */
record Said(ChatRequest request, Invocation invocation, String plan) {
    String value(String key) {
        return invocation.value(key).orElse("");
    }

    /** With the plan that was shown before it was asked for, where one was. */
    Map<String, String> values() {
        return plan.isEmpty()
                ? invocation.values()
                : invocation.with(Map.of(RunEvent.Requested.SHOWN_PLAN, plan)).values();
    }

    String of() {
        return plan.isEmpty() ? value("plan") : plan;
    }

    /** What was typed stays as it was typed; what a form added is put into words. */
    String words() {
        return request instanceof ChatRequest.Typed typed
                ? typed.text().strip()
                : invocation.text();
    }

    /** The run that it asks for. */
    RunEvent.Requested requested(
            Instant at, RunId run, Person person, List<Target> targets, Origin origin) {
        return new RunEvent.Requested(
                at,
                run,
                request.delivery(),
                person.name(),
                targets.getFirst().name(),
                invocation.command().name(),
                words(),
                value("reason"),
                values(),
                request.place().text(),
                origin.of(request),
                targets.stream().skip(1).map(Target::name).toList(),
                null);
    }
}
