package backout.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

class LeavingsTest {
    private final Leavings leavings = new Leavings();
    private final List<String> removed = new ArrayList<>();

    @Test
    void the_latest_goes_first_and_each_once_even_when_one_cannot_be_removed() {
        leavings.add(() -> removed.add("site"));
        leavings.add(() -> {
            throw new IOException("busy");
        });
        leavings.add(() -> removed.add("bot"));

        leavings.close();
        leavings.close();

        assertThat(removed).containsExactly("bot", "site");
    }

    @Test
    void an_interrupt_does_not_keep_them_and_is_not_lost() {
        leavings.add(() -> removed.add(Thread.currentThread().isInterrupted() ? "cut" : "whole"));

        Thread.currentThread().interrupt();
        leavings.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(removed).containsExactly("whole");
    }
}
