package backout.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A line for {@code sh} on another machine, as a person types it who has the {@code ssh} program.
 */
final class SshLine {
    private static final int USUAL_PORT = 22;

    private SshLine() {}

    /**
     * @param jump the machine by way of which it is reached
     */
    static String of(Machine machine, Optional<Machine> jump, String line) {
        var words = new ArrayList<>(List.of("ssh"));
        jump.ifPresent(by -> words.addAll(List.of("-J", hop(by))));
        if (machine.port() != USUAL_PORT) {
            words.addAll(List.of("-p", Integer.toString(machine.port())));
        }
        words.add(machine.user() + "@" + machine.address());
        return Command.typed(words) + " " + here("sh -c " + there(line));
    }

    private static String hop(Machine by) {
        String address = by.address().contains(":") ? "[" + by.address() + "]" : by.address();
        String port = by.port() == USUAL_PORT ? "" : ":" + by.port();
        return by.user() + "@" + address + port;
    }

    /** As every login shell reads it: within quotes fish knows a backslash, and csh its history. */
    private static String there(String line) {
        return "'" + line.replaceAll("(['\\\\!])", "'\\\\$1'") + "'";
    }

    /** Within the quotes that are read more easily, where nothing in it means something in them. */
    private static String here(String text) {
        return text.matches("[^$`\"\\\\!]*") ? '"' + text + '"' : Command.typed(List.of(text));
    }
}
