package backout.docker;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A network of a container as {@code docker run} and {@code docker network connect} take it. */
final class RunNetwork {
    private RunNetwork() {}

    /** What a container is called in a network, and where it is there. */
    static List<String> of(JsonNode endpoint, String alias, boolean isMain) {
        var words = new ArrayList<String>();
        JsonNode address = endpoint.path("IPAMConfig");
        Map<String, String> fixed = new LinkedHashMap<>();
        fixed.put("--ip", Json.text(address, "IPv4Address"));
        fixed.put("--ip6", Json.text(address, "IPv6Address"));
        if (isMain) {
            fixed.put("--mac-address", Json.text(endpoint, "MacAddress"));
        }
        fixed.forEach((option, value) -> {
            if (!value.isEmpty()) {
                words.addAll(List.of(option, value));
            }
        });
        Json.texts(address.path("LinkLocalIPs"))
                .forEach(ip -> words.addAll(List.of("--link-local-ip", ip)));
        Json.texts(endpoint.path("Aliases")).forEach(name -> words.addAll(List.of(alias, name)));
        Json.texts(endpoint.path("Links")).forEach(link -> words.addAll(List.of("--link", link)));
        return words;
    }
}
