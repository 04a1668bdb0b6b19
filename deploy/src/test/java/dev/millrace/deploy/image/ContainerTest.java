package dev.millrace.deploy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.millrace.deploy.Repository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every image's files, started as its Dockerfile says. */
final class ContainerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** The shortest that the chart gives. */
    private static final Duration GRACE = Duration.ofSeconds(45);

    private static final Map<String, Running> CONTAINERS = new TreeMap<>();

    static final List<String> SERVICES = Repository.SERVICES;

    @TempDir(factory = BesideTheBuild.class)
    private static Path folder;

    /** All at once, so that they wait for their start together. */
    @BeforeAll
    static void start() {
        assumeThat(SERVICES)
                .allSatisfy(service -> assertThat(Repository.built(service)).exists());
        SERVICES.forEach(service -> CONTAINERS.put(service, Running.start(service, folder.resolve(service))));
    }

    @AfterAll
    static void end() {
        CONTAINERS.values().forEach(Running::close);
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void aServiceIsHealthyInItsContainerAndEndsWhenItIsTold(final String service) throws InterruptedException {
        // Given
        final Running container = CONTAINERS.get(service);
        assertThat(container.healthyWithin(PATIENCE)).as(container.log()).isTrue();

        // When
        container.terminate();

        // Then: 143 is SIGTERM, told by a JVM that has ended in order
        assertThat(container.endsWithin(GRACE)).isTrue();
        assertThat(container.status()).as(container.log()).isEqualTo(143);
        assertThat(container.log())
                .contains("millrace-" + service + " stopped in")
                .doesNotContain("Read-only file system", "Permission denied");
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void aContainersRootCannotBeWrittenAndItsUserHasNoRights(final String service) {
        // Given
        assumeThat(Container.confined())
                .as("this machine forbids mounts to tests")
                .isTrue();
        final Running container = CONTAINERS.get(service);

        // When
        final String said = container.saidBy("id -u; grep CapBnd /proc/self/status; touch /opt/millrace/lib/new;"
                + " touch /tmp/new /var/cache/millrace/new && echo written");

        // Then
        assertThat(said.lines().toList())
                .containsSubsequence("10001", "CapBnd:\t0000000000000000", "written")
                .anyMatch(line -> line.startsWith("touch:") && line.endsWith("Read-only file system"));
    }

    @Test
    void theOperatorsCommandsRunInTheirContainer() {
        // Given
        assumeThat(Repository.built("admin")).exists();
        final Image image = Assembly.of("admin");
        final Container container = Container.of(image, folder.resolve("admin"));
        final List<String> command = new ArrayList<>(image.entrypoint());
        command.add("--help");

        // When
        final Container.Outcome outcome = container.run(command, Map.of());

        // Then
        assertThat(outcome.status()).as(outcome.said()).isZero();
        assertThat(outcome.said()).contains("versions", "audit", "rewind");
    }

    /** Its start wants a cluster, which `./millrace test --cluster` has; here it reads its settings. */
    @Test
    void theKubernetesOperatorStartsInItsContainer() {
        // Given
        assumeThat(Repository.built("operator")).exists();
        final Image image = Assembly.of("operator");
        final Container container = Container.of(image, folder.resolve("operator"));

        // When
        final Container.Outcome outcome =
                container.run(image.entrypoint(), Map.of("MILLRACE_OPERATOR_INTERVAL", "never"));

        // Then
        assertThat(outcome.status()).as(outcome.said()).isEqualTo(2);
        assertThat(outcome.said()).contains("MILLRACE_OPERATOR_INTERVAL");
    }
}
