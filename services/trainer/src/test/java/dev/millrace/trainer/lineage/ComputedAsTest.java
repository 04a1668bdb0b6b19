package dev.millrace.trainer.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.network.Route;
import dev.millrace.trainer.testing.Workshop;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComputedAsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "bf16 libtorch linear, fp32 kernels convolution, false, bf16 libtorch linear",
        "fp32 libtorch linear, fp32 kernels convolution, true,  fp32 libtorch linear",
        "bf16 libtorch linear, fp32 kernels convolution, true,  fp32 kernels convolution",
        ",                     fp32 kernels convolution, false, fp32 kernels convolution"
    })
    void aTrainerFollowsItsLineageUnlessAPersonNamedAnotherPrecision(
            String recorded, String own, boolean explicit, String followed) {
        // Given
        Optional.ofNullable(recorded)
                .map(Route::parse)
                .ifPresent(route -> route.record(folder.resolve("training-state")));
        EncoderOptions options = EncoderOptions.cpu(1).with(Route.parse(own));

        // When
        EncoderOptions lineage = ComputedAs.lineage(folder, options, explicit);

        // Then
        assertThat(lineage.route()).hasToString(followed);
    }

    @Test
    void theFirstVersionRecordsWhatItsTrainerChose() {
        // Given
        Workshop workshop = new Workshop(folder, Precision.FP32, 1);
        Beginning beginning = new Beginning(
                workshop.store(),
                new WorkFolder(folder.resolve("work")),
                new TreeMap<>(Map.of(ComputedAs.ROUTE, "fp32 libtorch linear")),
                Optional.of(workshop.baseModel()),
                (model, scratch) -> {});

        // When
        LineageStore.Position base = beginning.begin();

        // Then
        assertThat(base.manifest().configuration()).containsEntry(ComputedAs.ROUTE, "fp32 libtorch linear");
        assertThat(Route.recorded(workshop.lineage(1).download(base).resolve("training-state")))
                .contains(Route.parse("fp32 libtorch linear"));
    }
}
