package backout.docker;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Who we are to a registry.
 *
 * @param server the registry's host, as in {@code ghcr.io}
 * @param token stands for user and password where the registry gave one; empty for none
 */
public record RegistryLogin(String server, String user, String password, String token) {
    public RegistryLogin(String server, String user, String password) {
        this(server, user, password, "");
    }

    /** The header that the engine hands on: URL-safe base64 of JSON. */
    String header() {
        var said =
                Json.object()
                        .put("username", user)
                        .put("password", password)
                        .put("serveraddress", server);
        if (!token.isEmpty()) {
            said.put("identitytoken", token);
        }
        return Base64.getUrlEncoder()
                .encodeToString(said.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "RegistryLogin[" + server + ", " + user + ", ***]";
    }
}
