package dev.millrace.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.crdv2.generator.CRDGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The definition that the operator's chart installs is the one of these types. */
final class DefinitionTest {
    private static final Path SHIPPED = Path.of("../helm/millrace-operator/crds/encoders.millrace.dev.yaml");

    @TempDir
    private Path folder;

    @Test
    void theShippedDefinitionIsTheOneOfTheTypes() throws IOException {
        // Given
        final CRDGenerator generator = new CRDGenerator()
                .customResourceClasses(Encoder.class)
                .forCRDVersions("v1")
                .inOutputDir(folder.toFile());

        // When
        generator.generate();

        // Then: with -Dmillrace.definition=write it becomes so
        final String generated = Files.readString(folder.resolve("encoders.millrace.dev-v1.yml"));
        if (System.getProperty("millrace.definition", "").equals("write")) {
            Files.createDirectories(SHIPPED.getParent());
            Files.writeString(SHIPPED, generated);
        }
        assertThat(Files.readString(SHIPPED)).isEqualTo(generated);
    }
}
