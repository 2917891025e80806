package backout.init;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import okhttp3.Headers;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A Docker engine that only tells which containers there are. */
final class CannedEngine implements AutoCloseable {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final MockWebServer server = new MockWebServer();
    private final Map<String, ObjectNode> listed = new LinkedHashMap<>();
    private final Map<String, ObjectNode> inspected = new LinkedHashMap<>();

    CannedEngine() throws IOException {
        server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        return answer(request.getUrl().encodedPath());
                    }
                });
        server.start();
    }

    String address() {
        return "tcp://127.0.0.1:" + server.getPort();
    }

    /** A container as docker compose makes it. */
    CannedEngine with(String project, String service, String image, String files) {
        String id = "c" + listed.size();
        ObjectNode container = JSON.objectNode().put("Id", id).put("Image", image);
        container.put("State", "running").putArray("Names").add("/" + id);
        ObjectNode labels = container.putObject("Labels");
        labels.put("com.docker.compose.project", project);
        labels.put("com.docker.compose.service", service);
        labels.put("com.docker.compose.config-hash", "0");
        labels.put("com.docker.compose.project.working_dir", "/");
        labels.put("com.docker.compose.project.config_files", files);
        listed.put(id, container);
        ObjectNode inspect = JSON.objectNode().put("Id", id);
        inspect.putObject("Config").put("Image", image);
        inspected.put(id, inspect);
        return this;
    }

    /** A container as docker run makes it. */
    CannedEngine alone(String name, String image, boolean isRemoved, String... labels) {
        String id = "c" + listed.size();
        ObjectNode container = JSON.objectNode().put("Id", id).put("Image", image);
        container.put("State", "running").putArray("Names").add("/" + name);
        ObjectNode given = container.putObject("Labels");
        for (String label : labels) {
            given.put(label.split("=", 2)[0], label.split("=", 2)[1]);
        }
        listed.put(id, container);
        ObjectNode inspect = JSON.objectNode().put("Id", id);
        inspect.putObject("Config").put("Image", image);
        inspect.putObject("HostConfig").put("AutoRemove", isRemoved);
        inspected.put(id, inspect);
        return this;
    }

    private MockResponse answer(String path) {
        if (path.endsWith("/_ping")) {
            return new MockResponse(200, Headers.of("Api-Version", "1.41"), "OK");
        }
        if (path.endsWith("/containers/json")) {
            var all = JSON.arrayNode();
            listed.values().forEach(all::add);
            return json(200, all.toString());
        }
        return inspected.entrySet().stream()
                .filter(one -> path.endsWith("/containers/" + one.getKey() + "/json"))
                .findFirst()
                .map(one -> json(200, one.getValue().toString()))
                .orElseGet(() -> json(404, "{\"message\":\"No such container\"}"));
    }

    private static MockResponse json(int status, String body) {
        return new MockResponse(status, Headers.of("Content-Type", "application/json"), body);
    }

    @Override
    public void close() {
        server.close();
    }
}
