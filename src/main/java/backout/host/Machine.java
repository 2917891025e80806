package backout.host;

import java.util.Optional;

/**
 * Another machine, and how the bot gets onto it.
 *
 * @param name a lower-case word; targets write {@code ssh:NAME}
 * @param address a name or an IP address
 * @param key {@code agent}, or {@code file:PATH} of a private key
 * @param passphrase a reference to it, {@code env:NAME} or {@code file:PATH}; empty for a key
 *     without
 * @param hostKey the one that the machine must show, as ssh-keyscan prints it: {@code ssh-ed25519
 *     AAAA…}; without it nobody connects
 * @param jump the name of the machine by way of which this one is reached
 * @param docker where its Docker engine listens there: {@code unix:///var/run/docker.sock}
 */
public record Machine(
        String name,
        String address,
        int port,
        String user,
        String key,
        Optional<String> passphrase,
        Optional<String> hostKey,
        Optional<String> jump,
        String docker) {
    /** With the engine where one usually listens. */
    public Machine(
            String name,
            String address,
            int port,
            String user,
            String key,
            Optional<String> passphrase,
            Optional<String> hostKey,
            Optional<String> jump) {
        this(
                name,
                address,
                port,
                user,
                key,
                passphrase,
                hostKey,
                jump,
                "unix:///var/run/docker.sock");
    }

    /** Whether a machine can be recognised by that line. */
    public static boolean isKey(String line) {
        return PinnedKey.isLine(line);
    }

    /** As a target writes it. */
    public String host() {
        return "ssh:" + name;
    }
}
