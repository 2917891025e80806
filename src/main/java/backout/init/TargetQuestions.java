package backout.init;

import backout.docker.ImageName;
import backout.language.Phrase;
import backout.plan.TargetName;
import backout.problem.ProblemException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Asks which services can be rolled back, and where each tells how it is. */
final class TargetQuestions {
    private static final Pattern URL =
            Pattern.compile(
                    "https?://([A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?)*"
                        + "|[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?");
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~/?=&-]*");
    private static final String NOWHERE = "-";

    /** They keep data: an older release of theirs may not be able to read it. */
    private static final Set<String> DATA_SERVICES =
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

    private final Dialog dialog;
    private final HealthGuess health;
    private final Rules rules;

    TargetQuestions(Dialog dialog, HealthGuess health, Rules rules) {
        this.dialog = dialog;
        this.health = health;
        this.rules = rules;
    }

    List<Drafts.Target> ask(List<Service> services) {
        var redis = new RedisQuestion(dialog, services);
        var targets = new ArrayList<Drafts.Target>();
        for (Service service : services) {
            Optional<String> repository = repository(service);
            if (repository.isEmpty()) {
                dialog.say(Phrase.of("{0} cannot be a target: {1}.", shown(service), why(service)));
            } else if (isWanted(service, repository.get())) {
                targets.add(target(service, repository.get(), name(service, targets), redis));
            }
        }
        return targets;
    }

    private static String shown(Service service) {
        return oneLine(service.shown())
                + " ("
                + oneLine(
                        service.source()
                                .map(source -> source.folder().toString())
                                .orElse(service.image().replaceFirst("@.*", "")))
                + (service.isHere() ? "" : ", " + service.host().name())
                + ")";
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /** Empty where the bot could not tell which images it may run, or would not read its names. */
    private static Optional<String> repository(Service service) {
        if (!isNamed(service) || isId(service.image())) {
            return Optional.empty();
        }
        if (service.source().isPresent()) {
            return Optional.of("");
        }
        try {
            return Optional.of(ImageName.parse(service.image()).repository());
        } catch (ProblemException noName) {
            return Optional.empty();
        }
    }

    private static Phrase why(Service service) {
        return isNamed(service)
                ? Phrase.of("its image has no name")
                : Phrase.of("its name is no line of text");
    }

    private static boolean isNamed(Service service) {
        return isLine(service.name())
                && (!service.isOfCompose() || isLine(service.project()))
                && service.source().map(source -> isLine(source.folder().toString())).orElse(true);
    }

    private static boolean isLine(String text) {
        return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isId(String image) {
        return image.startsWith("sha256:") || image.matches("[0-9a-f]{12,64}");
    }

    private boolean isWanted(Service service, String repository) {
        Optional<Phrase> reason = against(service, repository);
        reason.ifPresent(why -> dialog.say(Phrase.of("{0}: {1}", shown(service), why)));
        return dialog.agrees(
                Phrase.of("Shall chat be able to roll {0} back?", shown(service)),
                reason.isEmpty());
    }

    private static Optional<Phrase> against(Service service, String repository) {
        if (keepsData(repository)) {
            return Optional.of(
                    Phrase.of("keeps data that an older release may not read; better left alone."));
        }
        if (service.containers() > 1) {
            return Optional.of(
                    Phrase.of(
                            "has {0} containers; services of one can be rolled back.",
                            service.containers()));
        }
        if (service.amiss().isPresent()) {
            return service.amiss();
        }
        return service.isRunning()
                ? Optional.empty()
                : Optional.of(Phrase.of("does not run, so nothing can be learnt from it now."));
    }

    /**
     * @param repository {@code registry:5000/bitnami/redis}
     */
    private static boolean keepsData(String repository) {
        String last = repository.substring(repository.lastIndexOf('/') + 1);
        return last.equals("server") ? repository.contains("mssql") : DATA_SERVICES.contains(last);
    }

    private static String name(Service service, List<Drafts.Target> others) {
        List<String> taken = others.stream().map(Drafts.Target::name).toList();
        String name = Drafts.word(service.name(), "service");
        String longer = Drafts.word(service.shown(), "service");
        return Drafts.free(taken.contains(name) ? longer : name, taken);
    }

    private Drafts.Target target(
            Service service, String repository, String name, RedisQuestion redis) {
        Optional<HealthGuess.Answer> guess =
                service.isRunning() ? health.of(service) : Optional.empty();
        String first = service.ports().isEmpty() ? NOWHERE : service.ports().getFirst().url();
        String url =
                matching(
                        Phrase.of(
                                "Where do probes reach {0}? An address, or - for nowhere",
                                new TargetName(service.kind(), name)),
                        guess.map(HealthGuess.Answer::url).orElse(first),
                        URL);
        var checks = new ArrayList<String>();
        if (!url.equals(NOWHERE)) {
            checks.addAll(ask(service, url, guess));
        }
        service.isHealthy().ifPresent(_ -> checks.add("container [HEALTH] == healthy within 60s"));
        return new Drafts.Target(
                name,
                service,
                repository,
                Optional.of(url).filter(text -> !text.equals(NOWHERE)),
                checks,
                url.equals(NOWHERE) ? onlyWithAddress(service) : List.of(),
                service.isOfCompose() ? redis.ask(service) : Optional.empty());
    }

    private List<String> onlyWithAddress(Service service) {
        return rules.checks(service.kind()).stream()
                .filter(check -> check.contains("{url}"))
                .toList();
    }

    /** The path that tells most shortly whether it is well. */
    private List<String> ask(Service service, String url, Optional<HealthGuess.Answer> guess) {
        String path =
                matching(
                        Phrase.of("Which path answers when it is well? A path, or - for none"),
                        guess.map(HealthGuess.Answer::path).orElse(NOWHERE),
                        PATH);
        if (path.equals(NOWHERE)) {
            return List.of();
        }
        Optional<HealthGuess.Answer> answer = health.ask(service.host(), url, path);
        int status = answer.map(HealthGuess.Answer::status).orElse(0);
        dialog.say(
                status == 0
                        ? Phrase.of(
                                "GET {0}{1} does not answer with 2xx now; taken all the same.",
                                url, path)
                        : Phrase.of("GET {0}{1} answers {2}.", url, path, status));
        int wanted = status == 0 ? 200 : status;
        var checks = new ArrayList<String>();
        checks.add("GET {url}" + path + " [STATUS] == " + wanted + " within 60s");
        answer.ifPresent(it -> checks.addAll(told(service, path, it.body())));
        return checks;
    }

    /** What the body says of the service and of what it needs, where a command does not ask it. */
    private List<String> told(Service service, String path, String body) {
        List<String> checks =
                BodyChecks.of(path, body).stream()
                        .filter(check -> !rules.checks(service.kind()).contains(check))
                        .toList();
        if (checks.isEmpty()) {
            return List.of();
        }
        dialog.say(Phrase.of("Its answer tells more:"));
        checks.forEach(check -> dialog.say(Phrase.of("  {0}", check)));
        return dialog.agrees(Phrase.of("Shall a rollback be proven by these too?"), true)
                ? checks
                : List.of();
    }

    private String matching(Phrase question, String guess, Pattern form) {
        while (true) {
            String answer = dialog.ask(question, guess).replaceAll("(?<=.)/+$", "");
            if (answer.equals(NOWHERE) || form.matcher(answer).matches()) {
                return answer;
            }
            dialog.say(
                    Phrase.of(
                            "That cannot be read. Write it like http://localhost:3000 or"
                                    + " /health."));
        }
    }
}
