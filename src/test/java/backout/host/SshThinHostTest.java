package backout.host;

import backout.fixture.SecondMachine;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** A machine on which every small program, {@code sh} too, is busybox. */
final class SshThinHostTest extends SshHostTest {
    private @Nullable SecondMachine thin;

    @Override
    SecondMachine machineUnderTest() {
        var made = new SecondMachine();
        thin = made;
        made.sh("busybox --install -s /usr/local/bin && ln -sf busybox /bin/sh");
        return made;
    }

    @AfterAll
    void remove() {
        if (thin != null) {
            thin.close();
        }
    }
}
