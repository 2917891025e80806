package backout.docker;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Who we are to a registry.
 *
 * @param server the registry's host, as in {@code ghcr.io}
 */
public record RegistryLogin(String server, String user, String password) {
    /** The header that the engine hands on: URL-safe base64 of JSON. */
    String header() {
        var said =
                Json.object()
                        .put("username", user)
                        .put("password", password)
                        .put("serveraddress", server);
        return Base64.getUrlEncoder()
                .encodeToString(said.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "RegistryLogin[" + server + ", " + user + ", ***]";
    }
}
