package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ServiceConfigurationTest {
    /** Read by Quarkus, the java launcher, DJL and the NVIDIA runtime. */
    private static final Set<String> PLATFORM = Set.of(
            "QUARKUS_HTTP_HOST",
            "QUARKUS_HTTP_PORT",
            "QUARKUS_MANAGEMENT_HOST",
            "QUARKUS_MANAGEMENT_PORT",
            "QUARKUS_SHUTDOWN_TIMEOUT",
            "QUARKUS_CONFIG_LOCATIONS",
            "JDK_JAVA_OPTIONS",
            "JAVA_TOOL_OPTIONS",
            "DJL_CACHE_DIR",
            "NVIDIA_DRIVER_CAPABILITIES");

    /** Set from values of their own, or because of the read-only file system. */
    private static final Set<String> CHART_SETS = Set.of(
            "millrace.attribution.state-dir",
            "millrace.encoder.cache-dir",
            "millrace.trainer.base-model",
            "millrace.trainer.group",
            "millrace.trainer.work-dir");

    private static final String SHARED = "millrace\\.(http|kafka|s3)\\..*";

    static final List<String> SERVICES = Repository.SERVICES;

    static Stream<Arguments> servicesWithValues() {
        return SERVICES.stream()
                .flatMap(service -> Stream.of("minimal", "full", "gpu").map(values -> Arguments.of(service, values)));
    }

    @ParameterizedTest
    @MethodSource("servicesWithValues")
    void everyVariableIsOneTheServiceKnows(final String service, final String values) {
        // Given
        final Set<String> known = new HashSet<>(environment(keysOf(service).known()));
        known.addAll(PLATFORM);
        known.add("MILLRACE_KAFKA_PROPERTIES__GROUP_INSTANCE_ID_");

        // When
        final List<String> set = Rendered.with(values).envNames(service);

        // Then
        assertThat(known).containsAll(set);
        assertThat(set).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void everyKeyAServiceRequiresIsSet(final String service) {
        // Given
        final Set<String> required = environment(keysOf(service).required());

        // When
        final List<String> set = Rendered.with("minimal").envNames(service);

        // Then
        assertThat(set).containsAll(required);
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void theSchemaOffersEveryKeyOfTheServiceButThoseTheChartSets(final String service) throws IOException {
        // Given
        final JsonNode schema =
                new ObjectMapper().readTree(Repository.read(Repository.CHART.resolve("values.schema.json")));

        // When
        final Set<String> offered = new HashSet<>(CHART_SETS);
        final JsonNode values = schema.at("/properties/" + service + "/properties");
        offered.addAll(keys(values, "config", service));
        offered.addAll(keys(values, "learning", "learning"));
        offered.addAll(keys(values, "gate", "gate"));
        offered.addAll(keys(values, "round", "round"));

        // Then
        assertThat(offered)
                .containsAll(keysOf(service).known().stream()
                        .filter(key -> !key.matches(SHARED))
                        .toList());
        offered.removeAll(CHART_SETS);
        assertThat(keysOf(service).known()).containsAll(offered);
    }

    private static Set<String> keys(final JsonNode values, final String map, final String prefix) {
        final Set<String> keys = new HashSet<>();
        values.at("/" + map + "/properties")
                .fieldNames()
                .forEachRemaining(key -> keys.add("millrace." + prefix + "." + key));
        return keys;
    }

    /** The double underscore becomes a quoted name, which Kafka's own names need: they have dots. */
    @Test
    void theVariableForTheGroupsInstanceReachesKafka() {
        // Given
        final EnvConfigSource environment =
                new EnvConfigSource(Map.of("MILLRACE_KAFKA_PROPERTIES__GROUP_INSTANCE_ID_", "mill-trainer-0"), 300);

        // When
        final Map<String, String> properties = new SmallRyeConfigBuilder()
                .withSources(environment)
                .build()
                .getValues("millrace.kafka.properties", String.class, String.class);

        // Then
        assertThat(properties).containsExactly(Map.entry("group.instance.id", "mill-trainer-0"));
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void everyServiceListensBeyondLoopbackWithAToken(final String service) {
        // Given
        final Stream<String> ports =
                Repository.CALLED.contains(service) ? Stream.of("http", "management") : Stream.of("management");

        // When
        final Rendered rendered = Rendered.with("minimal");

        // Then
        assertThat(listeners(rendered, service))
                .containsExactlyElementsOf(ports.map(port -> "0.0.0.0:" + rendered.port(service, port))
                        .toList());
        assertThat(rendered.env(service, "MILLRACE_HTTP_TOKEN").at("/valueFrom/secretKeyRef"))
                .hasToString("{\"name\":\"given-token\",\"key\":\"token\",\"optional\":true}");
    }

    private static List<String> listeners(final Rendered rendered, final String service) {
        return Stream.of("QUARKUS_HTTP_", "QUARKUS_MANAGEMENT_")
                .filter(prefix -> rendered.envNames(service).contains(prefix + "HOST"))
                .map(prefix -> rendered.env(service, prefix + "HOST")
                                .path("value")
                                .asText()
                        + ":"
                        + rendered.env(service, prefix + "PORT").path("value").asText())
                .toList();
    }

    /** A checkout may hold this module before the service it deploys: then there is nothing to compare with. */
    private static ConfigKeys keysOf(final String service) {
        assumeThat(ConfigKeys.sources(service)).exists();
        return ConfigKeys.of(service);
    }

    private static Set<String> environment(final Set<String> keys) {
        return keys.stream().map(ConfigKeys::environmentName).collect(Collectors.toSet());
    }
}
