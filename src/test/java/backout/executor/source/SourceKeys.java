package backout.executor.source;

import backout.plan.Setting;

import java.util.List;

/** Lends the executor's keys to the tests of config/ and its README. */
public final class SourceKeys {
    public static final List<Setting> LIST = SourceSettings.ALL;

    private SourceKeys() {}
}
