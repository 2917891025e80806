package backout.executor.dns;

import backout.host.Hosts;
import backout.plan.Secrets;

import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** Those who keep zones, for whoever has these secrets. */
final class TestZones {
    private TestZones() {}

    static Zones with(UnaryOperator<String> secrets) {
        return new Zones(
                new Secrets(secrets), Hosts.local().named("local"), InstantSource.system());
    }
}
