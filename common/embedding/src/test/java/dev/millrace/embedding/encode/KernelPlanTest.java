package dev.millrace.embedding.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.network.Processor;
import dev.millrace.embedding.network.Route;
import dev.millrace.embedding.train.FamilyModels;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelPlanTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"roberta", "xlm-roberta", "camembert", "mpnet"})
    void theLayersOfBertAreComputed(String family) {
        // Given
        ModelConfig config = FamilyModels.config("families", family);

        // When
        Optional<String> impediment = KernelPlan.of(config).impediment();

        // Then
        assertThat(impediment).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bert-silu, an activation other than GELU and ReLU",
        "modernbert, norms before its layers",
        "qwen3, norms before its layers",
        "embeddinggemma, norms before its layers",
        "nomic-bert, gated feed-forward networks",
        "gte-new, gated feed-forward networks"
    })
    void whatOthersHaveIsNamed(String family, String part) {
        // Given
        ModelConfig config = FamilyModels.config("networks", family);

        // When
        Optional<String> impediment = KernelPlan.of(config).impediment();

        // Then
        assertThat(impediment).contains(part);
    }

    @ParameterizedTest
    @CsvSource({"families, roberta, true", "networks, modernbert, false"})
    void theFastestRouteOfAModelIsOneThatComputesIt(String script, String family, boolean kernels) {
        // Given
        ModelFolder model = ModelFolder.read(FamilyModels.write(
                folder, FamilyModels.golden(script).path("models").path(family), ""));

        // When
        Route fastest = Encoder.fastest("cpu", model);

        // Then
        assertThat(fastest).isEqualTo(Route.forEncoding(Processor.here(), "cpu", kernels));
    }
}
