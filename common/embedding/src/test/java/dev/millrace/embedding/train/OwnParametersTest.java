package dev.millrace.embedding.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedding.files.Models;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.objective.batch.Row;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.objective.inbatch.Clip;
import dev.millrace.embedding.optim.StepSettings;
import dev.millrace.embedding.text.Tokens;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an objective learns itself, by the example of CLIP's scale. */
class OwnParametersTest {
    private static final String SCALE = "clip.scale";
    private static final float FIRST = (float) Math.log(1 / .07);
    private static final TrainingOptions CLIP = TrainingOptions.DEFAULT.with(new Clip());

    @TempDir
    Path folder;

    @Test
    void itLearnsWithTheEncoderAndIsNotPublished() {
        // Given
        Path tiny = tiny();
        Path learned = folder.resolve("learned");

        // When
        try (TrainableEncoder encoder = TrainableEncoder.load(tiny, EncoderOptions.cpu(2), CLIP)) {
            encoder.step(Lesson.batch(), Lesson.settings(1));
            encoder.save(learned);
        }

        // Then by one step of AdamW, without decay
        assertThat(Math.abs(scale(learned) - FIRST)).isBetween(.9e-4f, 1.1e-4f);
        assertThat(published(learned).keySet()).isEqualTo(published(tiny).keySet());
    }

    @Test
    void itIsCutToItsGreatestAfterEveryStep() {
        // Given positives that are the same text, so that the scale wants to grow, at a rate that would take it beyond
        List<Tokens> texts = Lesson.batch().texts();
        BitSet positives = BitSet.valueOf(new long[] {0b1010});
        TrainingBatch same = TrainingBatch.ofRows(
                List.of(texts.get(0), texts.get(0), texts.get(1), texts.get(1)),
                List.of(new Row(0, 1, positives, 1), new Row(2, 3, positives, 1)));
        Path learned = folder.resolve("learned");

        // When
        try (TrainableEncoder encoder = TrainableEncoder.load(tiny(), EncoderOptions.cpu(2), CLIP.withDropout(0))) {
            encoder.step(same, new StepSettings(5, 0, 1, .99, 1));
            encoder.save(learned);
        }

        // Then
        assertThat(scale(learned)).isEqualTo((float) Math.log(100));
    }

    @Test
    void aLineageThatHadAnotherObjectiveBeginsWithItAnew() {
        // Given
        Path before = folder.resolve("before");
        Path after = folder.resolve("after");
        try (TrainableEncoder encoder = TrainableEncoder.load(tiny(), EncoderOptions.cpu(2))) {
            encoder.step(Lesson.batch(), Lesson.settings(1));
            encoder.save(before);
        }

        // When
        try (TrainableEncoder encoder = TrainableEncoder.load(before, EncoderOptions.cpu(2), CLIP)) {
            encoder.save(after);
        }

        // Then
        assertThat(scale(after)).isEqualTo(FIRST);
        assertThat(after.resolve("model.safetensors")).hasSameBinaryContentAs(before.resolve("model.safetensors"));
    }

    private static float scale(Path version) {
        return Safetensors.read(version.resolve("training-state/trained.safetensors"))
                .get(SCALE)
                .values()
                .getFloat(0);
    }

    private static Map<String, Safetensors.Tensor> published(Path version) {
        return Safetensors.read(version.resolve("model.safetensors"));
    }

    private Path tiny() {
        return Models.random(folder.resolve("tiny"), 0.1);
    }
}
