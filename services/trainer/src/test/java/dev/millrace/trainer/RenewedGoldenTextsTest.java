package dev.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.millrace.checkpoints.version.Decision;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.trainer.learning.evaluate.GoldenTexts;
import dev.millrace.trainer.learning.vectors.Vectors;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.Workshop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Golden texts are renewed from the stream, and drift is that from what is served all the same. */
class RenewedGoldenTextsTest {
    private static final int WINDOWS = 6;
    private static final EncoderOptions OPTIONS = new EncoderOptions("cpu", Precision.FP32, 1, 128);

    @TempDir
    Path folder;

    private Workshop workshop;
    private List<Manifest> versions;

    @BeforeEach
    void train() {
        workshop = new Workshop(folder, Precision.FP32, 1);
        workshop.train(workshop.lineage(1), Pairs.lesson(0, WINDOWS * Workshop.WINDOW), WINDOWS);
        versions = workshop.store().versions().stream()
                .sorted()
                .map(version -> workshop.store().manifest(version).orElseThrow())
                .filter(manifest -> manifest.decision().isPresent())
                .toList();
    }

    @Test
    void everyVersionIsPublishedWithItsOwnVectorsOfTextsThatComeAndGo() {
        // When
        List<GoldenTexts> published = versions.stream()
                .map(version -> GoldenTexts.read(files(version)))
                .toList();

        // Then
        GoldenTexts last = published.get(WINDOWS - 1);
        assertThat(last.texts()).hasSize(32).isNotEqualTo(published.get(0).texts());
        assertThat(published.get(0).texts()).filteredOn(last.texts()::contains).hasSizeGreaterThan(20);
        for (int i = 0; i < WINDOWS; i++) {
            GoldenTexts golden = published.get(i);
            assertThat(golden.drift(seen(golden, versions.get(i)))).isCloseTo(0, offset(1e-5));
        }
    }

    @Test
    void driftIsMeasuredOnTheTextsOfTheLastTrustedVersionByItsVectors() {
        // When
        List<Double> drifts = versions.stream()
                .map(version ->
                        version.decision().orElseThrow().bounds().get("drift").figure())
                .toList();

        // Then
        List<Double> again = new ArrayList<>();
        Optional<GoldenTexts> reference = Optional.empty();
        for (Manifest version : versions) {
            again.add(
                    reference.map(golden -> golden.drift(seen(golden, version))).orElse(drifts.get(0)));
            if (version.decision().filter(Decision::trusted).isPresent()) {
                reference = Optional.of(GoldenTexts.read(files(version)));
            }
        }
        assertThat(reference).isPresent();
        for (int i = 0; i < WINDOWS; i++) {
            assertThat(drifts.get(i)).isPositive().isCloseTo(again.get(i), offset(1e-5));
        }
    }

    private Path files(Manifest version) {
        Path files = folder.resolve("looked-at").resolve(version.version());
        if (!files.toFile().exists()) {
            workshop.store().download(version.version(), files, file -> true);
        }
        return files;
    }

    private GoldenTexts seen(GoldenTexts golden, Manifest by) {
        try (TextTokenizer tokenizer = TextTokenizer.load(files(by));
                Encoder encoder = Encoder.load(files(by), OPTIONS)) {
            return golden.seenBy(Vectors.by(tokenizer, encoder, () -> {}));
        }
    }
}
