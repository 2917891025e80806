package backout.init;

import java.util.Set;

/** Services that keep data: an older release of theirs may not be able to read it. */
final class DataServices {
    private static final Set<String> NAMES =
            Set.of(
                    "redis",
                    "valkey",
                    "keydb",
                    "dragonfly",
                    "memcached",
                    "postgres",
                    "postgresql",
                    "postgis",
                    "pgvector",
                    "timescaledb",
                    "mysql",
                    "mariadb",
                    "percona",
                    "mongo",
                    "mongodb",
                    "elasticsearch",
                    "opensearch",
                    "cassandra",
                    "scylla",
                    "couchdb",
                    "couchbase",
                    "influxdb",
                    "clickhouse",
                    "clickhouse-server",
                    "cockroach",
                    "neo4j",
                    "rabbitmq",
                    "kafka",
                    "zookeeper",
                    "etcd",
                    "nats",
                    "minio",
                    "mssql",
                    "server",
                    "azure-sql-edge",
                    "qdrant",
                    "weaviate",
                    "rethinkdb",
                    "vault",
                    "consul");

    private DataServices() {}

    /**
     * @param repository {@code registry:5000/bitnami/redis}
     */
    static boolean isOne(String repository) {
        String last = repository.substring(repository.lastIndexOf('/') + 1);
        return last.equals("server") ? repository.contains("mssql") : NAMES.contains(last);
    }
}
