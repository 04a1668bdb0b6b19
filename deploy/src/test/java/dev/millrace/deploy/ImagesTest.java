package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImagesTest {
    private static final Set<String> RUN_A_MODEL = Set.of("trainer", "encoder");

    private static final Pattern COPIED = Pattern.compile("^COPY .*\\b(services/\\S+) \\S+$", Pattern.MULTILINE);
    private static final List<String> FAST_JAR =
            List.of("lib/main/dev.millrace.*", "quarkus-run.jar", "quarkus/", "app/", "lib/");

    static final List<String> SERVICES = Repository.SERVICES;

    @ParameterizedTest
    @FieldSource("SERVICES")
    void anImageHoldsTheFastJarOfItsServiceAndNothingElse(final String service) {
        // Given
        final String app = "services/" + service + "/target/quarkus-app/";

        // When
        final List<String> copied = copied(service);

        // Then
        assertThat(copied)
                .containsExactlyElementsOf(FAST_JAR.stream().map(app::concat).toList());
        assertThat(Repository.read(folder(service).resolve("Dockerfile.dockerignore")))
                .isEqualTo("*\n!services/" + service + "/target/quarkus-app\n");
        assertThat(Repository.read(
                        Repository.ROOT.resolve("services").resolve(service).resolve("pom.xml")))
                .contains("quarkus-maven-plugin");
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void anImageRunsTheServiceAsAnUnprivilegedUser(final String service) {
        // Given
        final Path file = folder(service).resolve("Dockerfile");

        // When
        final List<String> lines = Repository.read(file).lines().toList();

        // Then
        assertThat(lines).filteredOn(line -> line.startsWith("USER ")).containsExactly("USER 10001:10001");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("ENTRYPOINT "))
                .containsExactly("ENTRYPOINT [\"java\", \"--enable-native-access=ALL-UNNAMED\", "
                        + (RUN_A_MODEL.contains(service)
                                ? "\"--add-modules=jdk.incubator.vector\", \"-XX:MaxInlineLevel=40\", "
                                : "")
                        + "\"-jar\", \"/opt/millrace/quarkus-run.jar\"]");
        assertThat(lines).anyMatch(line -> line.startsWith("HEALTHCHECK "));
        assertThat(lines)
                .filteredOn(line -> line.contains("/q/health/live"))
                .singleElement()
                .asString()
                .contains("/dev/tcp/127.0.0.1/${QUARKUS_MANAGEMENT_PORT}");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("EXPOSE "))
                .containsExactly(Repository.CALLED.contains(service) ? "EXPOSE 8080 8090" : "EXPOSE 8090");
        assertThat(lines)
                .anyMatch(line -> line.matches(
                        " *JDK_JAVA_OPTIONS=\"-XX:MaxRAMPercentage=\\d+ -XX:\\+ExitOnOutOfMemoryError\".*"));
        assertThat(lines)
                .anyMatch(line -> line.contains("org.opencontainers.image.title=\"millrace-" + service + "\""));
        assertThat(lines)
                .noneMatch(line -> line.matches("(?i)^(ADD|ARG|ENV)\\b.*(token|secret|password|access.key).*"));
    }

    /** Whoever pins the base to a digest pins it in all of them. */
    @Test
    void allImagesStandOnOneBase() {
        // Given
        final List<String> dockerfiles = Repository.IMAGES.stream()
                .map(service -> Repository.read(folder(service).resolve("Dockerfile")))
                .toList();

        // When
        final Set<String> bases = dockerfiles.stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("ARG JAVA_IMAGE="))
                .collect(Collectors.toSet());

        // Then
        assertThat(bases)
                .singleElement()
                .asString()
                .matches("ARG JAVA_IMAGE=[a-z0-9./-]+:\\d+-jre-\\w+(@sha256:[0-9a-f]{64})?");
        assertThat(dockerfiles).allSatisfy(text -> assertThat(text.lines().filter(line -> line.startsWith("FROM ")))
                .allMatch(line -> line.matches("FROM (\\$\\{JAVA_IMAGE}|scratch|base)( AS \\w+)?")));
    }

    @Test
    void theOperatorsImageHoldsTheCommandsAndWhatTheyNeed() {
        // Given
        final String main = "infra/admin/src/main/java/dev/millrace/admin/Admin.java";

        // When
        final String text = Repository.read(folder("admin").resolve("Dockerfile"));

        // Then
        assertThat(Repository.ROOT.resolve(main)).exists();
        assertThat(text)
                .contains(
                        "COPY --link --exclude=millrace-* infra/admin/target/lib/ ./lib/",
                        " infra/admin/target/millrace-admin-${VERSION}.jar ./lib/",
                        "USER 10001:10001",
                        "ENTRYPOINT [\"java\", \"-cp\", \"/opt/millrace/lib/*\", \"dev.millrace.admin.Admin\"]");
        assertThat(Repository.read(Repository.ROOT.resolve("infra/admin/pom.xml")))
                .contains(
                        "<goal>copy-dependencies</goal>",
                        "<outputDirectory>${project.build.directory}/lib</outputDirectory>");
    }

    @Test
    void theImageOfTheKubernetesOperatorHoldsItsClassesAndWhatTheyNeed() {
        // Given
        final String main = "deploy/operator/src/main/java/dev/millrace/operator/OperatorMain.java";

        // When
        final String text = Repository.read(folder("operator").resolve("Dockerfile"));

        // Then
        assertThat(Repository.ROOT.resolve(main)).exists();
        assertThat(text)
                .contains(
                        "COPY --link deploy/operator/target/lib/ ./lib/",
                        "COPY --link deploy/operator/target/millrace-operator-${VERSION}.jar ./lib/",
                        "USER 10001:10001",
                        "/dev/tcp/127.0.0.1/${MILLRACE_OPERATOR_PORT}",
                        "\"/opt/millrace/lib/*\", \"dev.millrace.operator.OperatorMain\"]");
        assertThat(Repository.read(Repository.DEPLOY.resolve("operator/pom.xml")))
                .contains(
                        "<goal>copy-dependencies</goal>",
                        "<outputDirectory>${project.build.directory}/lib</outputDirectory>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"trainer", "encoder"})
    void theGpuStageFindsLibtorchByItsPath(final String service) {
        // Given
        final String text = Repository.read(folder(service).resolve("Dockerfile"));

        // When
        final String gpu = text.substring(text.indexOf("FROM base AS gpu"), text.indexOf("FROM base AS cpu"));

        // Then
        assertThat(gpu)
                .contains(
                        "COPY --link --from=libtorch /lib/ /opt/libtorch/lib/",
                        "PYTORCH_LIBRARY_PATH=/opt/libtorch/lib",
                        "PYTORCH_FLAVOR=cu128");
        assertThat(text.strip()).as("the default target").endsWith("FROM base AS cpu");
    }

    private static List<String> copied(final String service) {
        return COPIED.matcher(Repository.read(folder(service).resolve("Dockerfile")))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static Path folder(final String service) {
        return Repository.image(service);
    }
}
