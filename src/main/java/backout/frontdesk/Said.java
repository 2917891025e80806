package backout.frontdesk;

import backout.chat.ChatRequest;
import backout.command.Invocation;
import backout.run.RunEvent;

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
}
