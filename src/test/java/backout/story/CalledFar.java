package backout.story;

import backout.fixture.OtherHost;
import backout.host.Host;

/** This machine, as the one that config/hosts.yml calls far. */
abstract class CalledFar implements OtherHost {
    private final Host local = Host.local();

    @Override
    public Host host() {
        return local;
    }

    @Override
    public String name() {
        return "ssh:far";
    }
}
