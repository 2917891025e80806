package backout.executor.dns;

import backout.dns.Records;
import backout.host.Hosts;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.TargetName;
import backout.run.Deadline;
import backout.run.Work;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Those who keep zones, for whoever has these secrets, and what is asked of them. */
final class TestZones {
    private TestZones() {}

    static Zones with(UnaryOperator<String> secrets) {
        return new Zones(
                new Secrets(secrets), Hosts.local().named("local"), InstantSource.system());
    }

    static RecordMove move(String secret) {
        return new RecordMove(with(_ -> secret));
    }

    /**
     * Leads names of {@code vidfab.test} from one place to another.
     *
     * @param before lines of a zone file, as {@code after}
     * @param names below the zone, as {@code vidfab.test.,www.vidfab.test.}
     * @param said who keeps it
     */
    static Step step(String before, String after, String names, Map<String, String> said) {
        return step(Planner.SWITCH, before, after, names, said);
    }

    static Step step(
            String action, String before, String after, String names, Map<String, String> said) {
        var with = new HashMap<>(said);
        with.put("zone", "vidfab.test.");
        with.put("names", names.replace(",", "\n"));
        with.put("key", "env:DNS_KEY");
        with.put("before", Records.parse(before).text());
        with.put("after", Records.parse(after).text());
        var target = new TargetName("dns", "vidfab");
        var step = new Step(action, target, Phase.SWITCH, "", "", with, Phrase.of("lead names"));
        return new Step(
                action,
                target,
                Phase.SWITCH,
                RecordMove.id(step, Records.parse(before)),
                RecordMove.id(step, Records.parse(after)),
                with,
                step.says());
    }

    static Work work() {
        return new Work(
                "T/1",
                Deadline.in(Duration.ofMinutes(1), System::nanoTime),
                Optional.empty(),
                _ -> {});
    }
}
