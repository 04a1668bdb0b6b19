package dev.millrace.embedding.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.Models;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.objective.loss.Objective;
import dev.millrace.embedding.objective.loss.RowLoss;
import dev.millrace.embedding.objective.seen.Rows;
import dev.millrace.embedding.optim.NonFiniteStepException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainableEncoderTest {
    private static final Objective NOT_A_NUMBER = new RowLoss() {
        @Override
        public String name() {
            return "nan";
        }

        @Override
        public NDArray losses(Rows rows) {
            return rows.positiveCosines().mul(0).div(0).squeeze(1);
        }
    };

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"FP32, 7, 0.7", "BF16, 3, 0.95"})
    void aFewStepsLowerTheLoss(Precision precision, int steps, double share) {
        // Given
        TrainingBatch batch = Lesson.batch();
        try (TrainableEncoder encoder = load(Models.miniLm(), precision, 4096)) {
            double before = encoder.step(batch, Lesson.settings(1)).loss();

            // When
            double after = IntStream.rangeClosed(2, steps)
                    .mapToDouble(i -> encoder.step(batch, Lesson.settings(i)).loss())
                    .reduce((a, b) -> b)
                    .orElseThrow();

            // Then
            assertThat(after).isLessThan(before * share);
        }
    }

    @Test
    void aBatchCutIntoMicroBatchesStepsLikeOneThatIsNot() {
        // Given a model without dropout, since the cut decides which text sees which mask
        Path calm = Models.random(folder.resolve("calm"), 0);
        try (TrainableEncoder whole = load(calm, Precision.FP32, 4096);
                TrainableEncoder cut = load(calm, Precision.FP32, 24)) {

            // When
            StepResult one = whole.step(Lesson.batch(), Lesson.settings(1));
            StepResult many = cut.step(Lesson.batch(), Lesson.settings(1));

            // Then
            assertThat(many.loss()).isCloseTo(one.loss(), within(1e-5));
            assertThat(many.gradientNorm()).isCloseTo(one.gradientNorm(), within(1e-4 * one.gradientNorm()));
        }
    }

    @Test
    void whatIsFrozenStaysAndTheRestLearns() {
        // Given embeddings and the lowest layer frozen
        Path tiny = tiny();
        Path learned = folder.resolve("learned");
        TrainingOptions training = TrainingOptions.DEFAULT.with(2).withDropout(0);

        // When
        try (TrainableEncoder encoder = TrainableEncoder.load(tiny, EncoderOptions.cpu(2), training)) {
            encoder.step(Lesson.batch(), Lesson.settings(1));
            encoder.save(learned);
        }

        // Then
        Map<String, Safetensors.Tensor> before = Safetensors.read(tiny.resolve("model.safetensors"));
        Map<String, Safetensors.Tensor> after = Safetensors.read(learned.resolve("model.safetensors"));
        ModelConfig config = ModelFolder.read(tiny).config();
        List<String> names = config.parameters();
        for (String name : names) {
            boolean same = before.get(name).values().equals(after.get(name).values());
            assertThat(same).as(name).isEqualTo(names.indexOf(name) < config.frozen(2));
        }
        assertThat(Safetensors.read(learned.resolve("training-state/moments.safetensors")))
                .hasSize(3 * (names.size() - config.frozen(2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu,cpu", "cpu,cpu,cpu,cpu,cpu,cpu,cpu,cpu,cpu,cpu"})
    void severalDevicesLearnWhatOneDoes(String devices) {
        // Given fewer and more devices than texts
        TrainingOptions training = TrainingOptions.DEFAULT.withDropout(0);
        EncoderOptions one = new EncoderOptions("cpu", Precision.FP32, 2, 4096);
        EncoderOptions several = new EncoderOptions(devices, Precision.FP32, 2, 4096);
        Path tiny = tiny();

        // When two steps are taken, the second on what the first left on every device
        float[][] vectors = afterTwoSteps(tiny, several, training);

        // Then
        float[][] expected = afterTwoSteps(tiny, one, training);
        for (int i = 0; i < expected.length; i++) {
            assertThat(vectors[i]).containsExactly(expected[i], Offset.offset(1e-5f));
        }
    }

    private static float[][] afterTwoSteps(Path model, EncoderOptions options, TrainingOptions training) {
        try (TrainableEncoder trained = TrainableEncoder.load(model, options, training)) {
            trained.step(Lesson.batch(), Lesson.settings(1));
            trained.step(Lesson.batch(), Lesson.settings(2));
            try (Encoder encoder = trained.averaged()) {
                return encoder.encode(Lesson.batch().texts());
            }
        }
    }

    @Test
    void aModelIsNotFrozenWhole() {
        // When, Then
        assertThatThrownBy(() -> TrainableEncoder.load(tiny(), EncoderOptions.cpu(2), TrainingOptions.DEFAULT.with(7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("frozenDepth")
                .hasMessageContaining("2 layers");
    }

    @Test
    void aStepWhoseLossIsNoNumberLeavesTheWeightsAlone() throws IOException {
        // Given
        Path before = folder.resolve("before");
        Path after = folder.resolve("after");
        try (TrainableEncoder encoder =
                TrainableEncoder.load(tiny(), EncoderOptions.cpu(2), TrainingOptions.DEFAULT.with(NOT_A_NUMBER))) {
            encoder.save(before);

            // When
            assertThatThrownBy(() -> encoder.step(Lesson.batch(), Lesson.settings(1)))
                    .isInstanceOf(NonFiniteStepException.class)
                    .hasMessageContaining("loss");

            // Then
            encoder.save(after);
        }
        assertThat(after.resolve("training-state/trained.safetensors"))
                .hasSameBinaryContentAs(before.resolve("training-state/trained.safetensors"));
    }

    private Path tiny() {
        return Models.random(folder.resolve("tiny"), 0.1);
    }

    private static org.assertj.core.data.Offset<Double> within(double tolerance) {
        return org.assertj.core.data.Offset.offset(tolerance);
    }

    private static TrainableEncoder load(Path model, Precision precision, int tokenBudget) {
        return TrainableEncoder.load(model, new EncoderOptions("cpu", precision, 2, tokenBudget));
    }
}
