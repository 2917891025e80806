package backout.executor.container;

import backout.plan.Setting;

import java.util.List;

/** Lends the executor's keys to the tests of config/ and its README. */
public final class ContainerKeys {
    public static final List<Setting> LIST = ContainerSettings.ALL;

    private ContainerKeys() {}
}
