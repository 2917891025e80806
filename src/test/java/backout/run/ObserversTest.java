package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.plan.TargetEvent;
import backout.plan.TargetName;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

final class ObserversTest {
    private final List<String> heard = new ArrayList<>();
    private final Observers observers = new Observers();

    /** Writes down what it hears, then throws. */
    private final class Clumsy implements Observer {
        @Override
        public void journalled(RunId run, List<RunEvent> events) {
            hear("run");
        }

        @Override
        public void journalled(TargetName target, List<TargetEvent> events) {
            hear("target");
        }

        @Override
        public void appended(Duration took, boolean written) {
            hear("appended");
        }

        @Override
        public void leaseLost() {
            hear("lease lost");
        }

        @Override
        public void delivered(String chat, String call, Delivery result) {
            hear("delivered");
        }

        private void hear(String what) {
            heard.add(what);
            throw new IllegalStateException(what);
        }
    }

    @Test
    void one_that_throws_is_no_failure_of_who_tells_and_the_others_still_hear() {
        observers.add(new Clumsy());
        observers.add(new Clumsy());

        observers.journalled(new RunId("7F3KQ"), List.of());
        observers.journalled(new TargetName("compose", "relay"), List.of());
        observers.appended(Duration.ZERO, true);
        observers.leaseLost();
        observers.delivered("slack", "post", Observer.Delivery.OK);

        assertThat(heard)
                .containsExactly(
                        "run",
                        "run",
                        "target",
                        "target",
                        "appended",
                        "appended",
                        "lease lost",
                        "lease lost",
                        "delivered",
                        "delivered");
    }
}
