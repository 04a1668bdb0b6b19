package dev.millrace.deploy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.millrace.deploy.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is pushed and pulled again after a change. */
final class LayersTest {
    private static final int MIB = 1 << 20;
    private static final List<String> MADE_BY_THE_BUILD = List.of("app", "quarkus", "quarkus-run.jar");

    static final List<String> IMAGES = Repository.IMAGES;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @FieldSource("IMAGES")
    void aChangeOfOurCodeChangesTheLastLayerOnly(final String name) {
        // Given
        assumeThat(Repository.built(name)).exists();

        // When
        final Image image = Assembly.of(name);

        // Then
        assertThat(image.layers()).hasSize(2);
        assertThat(image.layers().get(0).files())
                .isNotEmpty()
                .noneSatisfy((path, file) -> assertThat(isOurs(path, file)).isTrue());
        assertThat(image.layers().get(1).files())
                .allSatisfy(
                        (path, file) -> assertThat(isOurs(path, file)).as(path).isTrue());
        assertThat(image.layers().get(1).bytes()).isLessThan(4 * MIB);
        System.out.printf(
                "%-12s libraries %4d MiB, ours %5d KiB%n",
                name, image.layers().get(0).bytes() / MIB, image.layers().get(1).bytes() / 1024);
    }

    /** Classes of ours, or what the build makes of them. */
    private static boolean isOurs(final String path, final Path file) {
        if (MADE_BY_THE_BUILD.contains(path.replaceFirst("opt/millrace/", "").replaceAll("/.*", ""))) {
            return true;
        }
        try (ZipFile jar = new ZipFile(file.toFile())) {
            return jar.stream().anyMatch(entry -> entry.getName().startsWith("dev/millrace/"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What scanners make a bill of materials of. */
    @ParameterizedTest
    @FieldSource("IMAGES")
    void everyLibraryIsNamedWithItsVersion(final String name) {
        // Given
        assumeThat(Repository.built(name)).exists();

        // When
        final Image image = Assembly.of(name);

        // Then
        assertThat(image.layers().get(0).files().keySet())
                .allMatch(path -> path.matches(".*/[\\w.-]+-\\d[\\w.-]*\\.jar"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"trainer", "encoder"})
    void theGpuImageHoldsTheLibtorchThatItIsGiven(final String service) throws IOException {
        // Given
        assumeThat(Repository.built(service)).exists();
        final Path library = Files.createDirectories(folder.resolve("lib")).resolve("libtorch_cuda.so");
        Files.writeString(library, "libtorch");

        // When
        final Image image = Assembly.of(service, "gpu", Map.of("libtorch", folder));

        // Then
        assertThat(image.files().files()).containsEntry("opt/libtorch/lib/libtorch_cuda.so", library);
        assertThat(image.environment()).containsEntry("PYTORCH_LIBRARY_PATH", "/opt/libtorch/lib");
        assertThat(image.entrypoint()).isEqualTo(Assembly.of(service).entrypoint());
        assertThat(image.user()).isEqualTo("10001:10001");
    }
}
