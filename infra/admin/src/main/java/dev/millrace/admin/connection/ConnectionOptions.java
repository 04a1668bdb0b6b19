package dev.millrace.admin.connection;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.TriedBucket;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.s3.S3Settings;
import dev.millrace.events.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options that say which bucket and which broker. All from one place: either a stack's endpoints file, or flags and, where a
 * flag is absent, the environment, by the names that the services use. Secrets are never flags, which other users can list.
 */
public final class ConnectionOptions {
    /** In a command's help, behind its own options. */
    private static final int LAST = 100;

    @Option(
            order = LAST,
            names = "--endpoints",
            paramLabel = "FILE",
            description =
                    "endpoints file of a stack (default: that of a running ./millrace up, where nothing else is named)")
    private Optional<Path> endpoints;

    @Option(order = LAST, names = "--s3", paramLabel = "URL", description = "S3 server (MILLRACE_S3_ENDPOINT)")
    private Optional<String> s3;

    @Option(
            order = LAST,
            names = "--bucket",
            paramLabel = "NAME",
            description = "bucket (MILLRACE_S3_BUCKET; default: millrace)")
    private Optional<String> bucket;

    @Option(
            order = LAST,
            names = "--prefix",
            paramLabel = "FOLDER",
            description = "folder in the bucket (MILLRACE_S3_PREFIX)")
    private Optional<String> prefix;

    @Option(
            order = LAST,
            names = "--region",
            paramLabel = "R",
            description = "region (MILLRACE_S3_REGION; default: us-east-1)")
    private Optional<String> region;

    @Option(
            order = LAST,
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "brokers, by commas (MILLRACE_KAFKA_BOOTSTRAP_SERVERS)")
    private Optional<String> kafka;

    @Option(
            order = LAST,
            names = "--topic-prefix",
            paramLabel = "P",
            description = "before each topic's name (MILLRACE_KAFKA_TOPIC_PREFIX)")
    private Optional<String> topicPrefix;

    @Option(
            order = LAST,
            names = "--kafka-property",
            paramLabel = "NAME=VALUE",
            description = "any Kafka client property that is no secret; may be repeated")
    private Map<String, String> kafkaProperty = new TreeMap<>();

    @Option(
            order = LAST,
            names = "--kafka-properties",
            paramLabel = "FILE",
            description = "Kafka client properties, secrets among them; may be repeated")
    private List<Path> kafkaProperties = List.of();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private final Environment environment;

    /** In this environment. */
    public ConnectionOptions(Environment environment) {
        this.environment = environment;
    }

    /** The clock by which things are stamped. */
    public Clock clock() {
        return environment.clock();
    }

    /** What a service wants to be shown; empty where nothing is said. */
    public Optional<String> token() {
        return variable("MILLRACE_HTTP_TOKEN");
    }

    /** The bucket's versions; throws like a bucket when it cannot be reached, ParameterException when none is named. */
    public CheckpointStore store() {
        return new CheckpointStore(existingBucket(), environment.clock());
    }

    /** As {@link #store}, for commands that change it: ConditionsNotKeptException where the bucket cannot be written to safely. */
    public CheckpointStore writableStore() {
        return new CheckpointStore(new TriedBucket(existingBucket()), environment.clock());
    }

    /** The bucket's name, and the folder in it. */
    public String bucketName() {
        S3Settings settings = checked(this::settings);
        return settings.prefix().isEmpty() ? settings.bucket() : settings.bucket() + ", folder " + settings.prefix();
    }

    /** The bucket, made if it is absent. */
    public Bucket bucketMadeIfAbsent() {
        return environment.clients().bucketMadeIfAbsent(checked(this::settings));
    }

    /** The bucket; AbsentBucketException where it is not there. */
    public Bucket existingBucket() {
        return environment.clients().bucket(checked(this::settings));
    }

    /** The broker, where one is named; it is not asked anything yet. */
    public Optional<Broker> broker() {
        return checked(() -> bootstrapServers().map(servers -> {
            Map<String, String> properties = new KafkaProperties(kafkaProperties, kafkaProperty).with(servers);
            Topics topics =
                    new Topics(given(topicPrefix, "MILLRACE_KAFKA_TOPIC_PREFIX").orElse(""));
            return new Broker(environment.clients(), properties, topics);
        }));
    }

    /** As {@link #broker}; ParameterException when none is named. */
    public Broker requireBroker() {
        return broker().orElseThrow(() -> usage("no broker: name one with --kafka HOST:PORT or"
                + " MILLRACE_KAFKA_BOOTSTRAP_SERVERS, or a stack with --endpoints FILE"));
    }

    private S3Settings settings() {
        Optional<StackFile> stack = stack();
        String endpoint = stack.map(StackFile::endpoint)
                .or(() -> given(s3, "MILLRACE_S3_ENDPOINT"))
                .orElseThrow(() -> usage("no bucket: name one with --s3 URL or MILLRACE_S3_ENDPOINT, or a stack with"
                        + " --endpoints FILE (none runs here)"));
        return new S3Settings(
                endpoint,
                given(region, "MILLRACE_S3_REGION").orElse("us-east-1"),
                bucket.or(() -> stack.map(StackFile::bucket))
                        .or(() -> variable("MILLRACE_S3_BUCKET"))
                        .orElse("millrace"),
                given(prefix, "MILLRACE_S3_PREFIX").orElse(""),
                secret(stack.map(StackFile::accessKey), "MILLRACE_S3_ACCESS_KEY"),
                secret(stack.map(StackFile::secretKey), "MILLRACE_S3_SECRET_KEY"));
    }

    private Optional<String> bootstrapServers() {
        return stack().map(StackFile::kafka).or(() -> given(kafka, "MILLRACE_KAFKA_BOOTSTRAP_SERVERS"));
    }

    /** A file that was named counts; the running stack's only where neither flag nor environment name a server. */
    private Optional<StackFile> stack() {
        boolean named = s3.isPresent() || kafka.isPresent();
        if (endpoints.isPresent()) {
            if (named) {
                throw usage("--endpoints excludes --s3 and --kafka: a stack has both");
            }
            return endpoints.map(StackFile::read);
        }
        boolean elsewhere = named
                || variable("MILLRACE_S3_ENDPOINT").isPresent()
                || variable("MILLRACE_KAFKA_BOOTSTRAP_SERVERS").isPresent();
        return Optional.of(environment.endpoints())
                .filter(file -> !elsewhere && Files.exists(file))
                .map(StackFile::read);
    }

    private String secret(Optional<String> ofStack, String variable) {
        return ofStack.or(() -> variable(variable))
                .orElseThrow(() -> usage("no keys: set " + variable + " in the environment"));
    }

    private Optional<String> given(Optional<String> flag, String variable) {
        return flag.or(() -> variable(variable));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.variables().get(name)).filter(value -> !value.isBlank());
    }

    private <T> T checked(java.util.function.Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private ParameterException usage(String complaint) {
        return new ParameterException(command.commandLine(), complaint);
    }
}
