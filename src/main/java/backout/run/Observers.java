package backout.run;

import backout.plan.TargetEvent;
import backout.plan.TargetName;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hands on what it is told to everybody who asked for it. */
public final class Observers implements Observer {
    private final List<Observer> all = new CopyOnWriteArrayList<>();

    public void add(Observer observer) {
        all.add(observer);
    }

    @Override
    public void journalled(RunId run, List<RunEvent> events) {
        all.forEach(one -> one.journalled(run, events));
    }

    @Override
    public void journalled(TargetName target, List<TargetEvent> events) {
        all.forEach(one -> one.journalled(target, events));
    }

    @Override
    public void appended(Duration took, boolean written) {
        all.forEach(one -> one.appended(took, written));
    }

    @Override
    public void leaseLost() {
        all.forEach(Observer::leaseLost);
    }

    @Override
    public void delivered(String chat, String call, Delivery result) {
        all.forEach(one -> one.delivered(chat, call, result));
    }
}
