package backout.executor.compose.traits;

import static backout.executor.compose.traits.Nodes.text;

import tools.jackson.databind.JsonNode;

import java.util.TreeMap;

/** What compose would mount into a service: volumes, files of configs and secrets, tmpfs. */
final class ConfigMounts {
    private final JsonNode config;
    private final JsonNode service;
    private final JsonNode image;
    private final TreeMap<String, Mounted> mounts = new TreeMap<>();

    ConfigMounts(JsonNode config, JsonNode service, JsonNode image) {
        this.config = config;
        this.service = service;
        this.image = image;
    }

    void into(Traits traits) {
        image.path("Volumes")
                .propertyNames()
                .forEach(target -> put(target, Mounted.of("volume", "", false)));
        for (JsonNode target : service.path("tmpfs")) {
            put(text(target).split(":", 2)[0], Mounted.of("tmpfs", "", false));
        }
        service.path("configs").forEach(this::config);
        service.path("secrets").forEach(this::secret);
        service.path("volumes").forEach(this::volume);
        mounts.forEach((target, mounted) -> traits.put(Trait.MOUNT, target, mounted.value()));
        traits.put(Traits.VOLUMES_FROM, Nodes.texts(service.path("volumes_from")));
    }

    private void put(String target, Mounted mounted) {
        mounts.put(Mounted.path(target), mounted);
    }

    private void config(JsonNode use) {
        String source = text(use.path("source"));
        String target = text(use.path("target"));
        file(
                config.path("configs").path(source),
                target.isEmpty() ? "/" + source : target.startsWith("/") ? target : "/" + target);
    }

    private void secret(JsonNode use) {
        String source = text(use.path("source"));
        String target = text(use.path("target"));
        file(
                config.path("secrets").path(source),
                target.startsWith("/")
                        ? target
                        : "/run/secrets/" + (target.isEmpty() ? source : target));
    }

    /** One that is no file is copied into the container instead. */
    private void file(JsonNode defined, String target) {
        String file = text(defined.path("file"));
        if (!file.isEmpty()) {
            put(target, Mounted.of("bind", file, true));
        }
    }

    private void volume(JsonNode volume) {
        String type = text(volume.path("type"));
        String source = text(volume.path("source"));
        String named = text(config.path("volumes").path(source).path("name"));
        put(
                text(volume.path("target")),
                Mounted.of(
                        type,
                        type.equals("volume") && !named.isEmpty() ? named : source,
                        volume.path("read_only").asBoolean(false)));
    }
}
