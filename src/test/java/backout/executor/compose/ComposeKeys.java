package backout.executor.compose;

import backout.plan.Setting;
import backout.plan.TargetKind;

import java.util.List;

/** Lends the executor's keys to the tests of config/ and its README. */
public final class ComposeKeys {
    public static final List<Setting> LIST = ComposeSettings.ALL;

    public static final TargetKind KIND = ComposeExecutor.KIND;

    private ComposeKeys() {}
}
