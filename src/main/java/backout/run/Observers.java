package backout.run;

import backout.plan.TargetEvent;
import backout.plan.TargetName;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Hands on what it is told to everybody who asked for it. What is told has happened: one that
 * throws neither makes it undone nor keeps it from the others.
 */
public final class Observers implements Observer {
    private static final Logger log = LoggerFactory.getLogger(Observers.class);

    private final List<Observer> all = new CopyOnWriteArrayList<>();

    public void add(Observer observer) {
        all.add(observer);
    }

    @Override
    public void journalled(RunId run, List<RunEvent> events) {
        tell(one -> one.journalled(run, events));
    }

    @Override
    public void journalled(TargetName target, List<TargetEvent> events) {
        tell(one -> one.journalled(target, events));
    }

    @Override
    public void appended(Duration took, boolean written) {
        tell(one -> one.appended(took, written));
    }

    @Override
    public void leaseLost() {
        tell(Observer::leaseLost);
    }

    @Override
    public void delivered(String chat, String call, Delivery result) {
        tell(one -> one.delivered(chat, call, result));
    }

    private void tell(Consumer<Observer> news) {
        for (Observer one : all) {
            try {
                news.accept(one);
            } catch (RuntimeException ourFault) {
                log.error("{} cannot take what it is told", one.getClass().getName(), ourFault);
            }
        }
    }
}
