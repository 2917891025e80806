package backout.config;

import java.nio.file.Path;

/**
 * What {@code config/backout.yml} says about the bot itself.
 *
 * @param language {@code en} or {@code zh}
 * @param store the folder of the journal and the artifacts
 * @param listenPublic HOST:PORT for chats
 * @param listenPrivate HOST:PORT for the web console
 * @param docker where the local Docker engine listens: {@code unix:///var/run/docker.sock}
 */
public record BotConfig(
        String language, Path store, String docker, String listenPublic, String listenPrivate) {}
