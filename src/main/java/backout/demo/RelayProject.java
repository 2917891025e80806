package backout.demo;

/**
 * The compose file of claude-relay as its guide deploys it, with Redis beside it.
 *
 * @param host the address of this machine that both ports are published on
 * @param user {@code UID:GID} that both run as, so that whoever made the folder can remove it;
 *     empty for the images' own
 */
public record RelayProject(
        String image, String redisImage, String host, int port, int redisPort, String user) {
    public String text() {
        return """
        # Claude Relay, as its guide deploys it
        services:
          claude-relay:
            image: %s  # the release
            restart: unless-stopped
        %s    ports:
              - "%s:%d:3000"
            volumes:
              - ./logs:/app/logs
              - ./data:/app/data
            environment:
              - JWT_SECRET=${JWT_SECRET}
              - API_KEY=${API_KEY}
              - REDIS_HOST=redis
              - REDIS_PORT=6379
            depends_on:
              - redis

          redis:
            image: %s
            restart: unless-stopped
        %s    command: redis-server --save 60 1 --appendonly yes
            ports:
              - "%s:%d:6379"
            volumes:
              - ./redis_data:/data
        """
                .formatted(image, userLine(), host, port, redisImage, userLine(), host, redisPort);
    }

    private String userLine() {
        return user.isEmpty() ? "" : "    user: \"" + user + "\"\n";
    }
}
