package dev.millrace.operator.chart;

import static dev.millrace.operator.chart.Field.flag;
import static dev.millrace.operator.chart.Field.map;
import static dev.millrace.operator.chart.Field.number;
import static dev.millrace.operator.chart.Field.text;
import static dev.millrace.operator.chart.Field.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which field of the spec is which value of the chart: the one place that knows both names. */
final class Fields {
    static final List<Field> ALL = List.of(
            text("model.path", "trainer.baseModel.path", spec -> spec.model().path()),
            text("model.claim", "trainer.baseModel.existingClaim", spec -> spec.model()
                    .claim()),
            text("stream.bootstrapServers", "kafka.bootstrapServers", spec -> spec.stream()
                    .bootstrapServers()),
            text("stream.topicPrefix", "kafka.topicPrefix", spec -> spec.stream()
                    .topicPrefix()),
            number("stream.partitions", "kafka.pairsPartitions", spec -> spec.stream()
                    .partitions()),
            map("stream.properties", "kafka.properties", spec -> spec.stream().properties()),
            text("stream.secret", "kafka.existingSecret", spec -> spec.stream().secret()),
            text("bucket.endpoint", "s3.endpoint", spec -> spec.bucket().endpoint()),
            text("bucket.region", "s3.region", spec -> spec.bucket().region()),
            text("bucket.name", "s3.bucket", spec -> spec.bucket().name()),
            text("bucket.prefix", "s3.prefix", spec -> spec.bucket().prefix()),
            text("bucket.secret", "s3.existingSecret", spec -> spec.bucket().secret()),
            text("access.secret", "http.existingSecret", spec -> spec.access().secret()),
            text("preset", "trainer.learning.preset", spec -> spec.preset()),
            map("learning", "trainer.learning", spec -> spec.learning()),
            map("gate", "trainer.gate", spec -> spec.gate()),
            text("channel", "encoder.config.channel", spec -> spec.channel()),
            text("channel", "trainer.config.channel", spec -> spec.channel()),
            flag("trainers.gpu", "trainer.gpu.enabled", spec -> !spec.trainers()
                    .gpu()
                    .isEmpty()),
            text("trainers.gpu", "trainer.gpu.resource", spec -> spec.trainers().gpu()),
            number("encoders.min", "encoder.replicas", spec -> spec.encoders().min()),
            number("encoders.min", "encoder.autoscaling.minReplicas", spec -> spec.encoders()
                    .min()),
            number("encoders.max", "encoder.autoscaling.maxReplicas", spec -> spec.encoders()
                    .max()),
            flag("encoders.max", "encoder.autoscaling.enabled", spec -> !spec.encoders()
                    .min()
                    .equals(spec.encoders().max())),
            flag("encoders.gpu", "encoder.gpu.enabled", spec -> !spec.encoders()
                    .gpu()
                    .isEmpty()),
            text("encoders.gpu", "encoder.gpu.resource", spec -> spec.encoders().gpu()),
            text("images.registry", "image.registry", spec -> spec.images().registry()),
            text("images.repository", "image.repository", spec -> spec.images().repository()),
            text("images.tag", "image.tag", spec -> spec.images().tag()),
            map("images.digests", "image.digests", spec -> nodes(spec.images().digests())),
            texts("images.pullSecrets", "image.pullSecrets", spec -> spec.images()
                    .pullSecrets()));

    /** The number of trainers is decided, not read. */
    static final String TRAINERS = "trainer.replicas";

    /** Values that have no place in a resource that many may read, or that somebody else decides; and why. */
    private static final Map<String, String> REFUSED = Map.of(
            "kafka.secretProperties",
            "a secret is named, never written: see spec.stream.secret",
            "s3.accessKey",
            "a secret is named, never written: see spec.bucket.secret",
            "s3.secretKey",
            "a secret is named, never written: see spec.bucket.secret",
            "http.token",
            "a secret is named, never written: see spec.access.secret",
            "http.tokens",
            "a secret is named, never written: see spec.access.secret",
            "trainer.autoscaling",
            "the operator scales trainers itself: see spec.trainers.scaling",
            TRAINERS,
            "the operator decides it: see spec.trainers.min, max and replicas");

    private Fields() {}

    /** Why a value may not be said among {@code spec.values}; empty where it may. */
    static Optional<String> refusal(String value) {
        final Optional<String> refused = Optional.ofNullable(REFUSED.get(value));
        return refused.or(() -> ALL.stream()
                .filter(field -> field.value().equals(value))
                .findFirst()
                .map(field -> "it is said by spec." + field.spec()));
    }

    private static Map<String, JsonNode> nodes(Map<String, String> texts) {
        final Map<String, JsonNode> nodes = new TreeMap<>();
        texts.forEach((key, text) -> nodes.put(key, TextNode.valueOf(text)));
        return nodes;
    }
}
