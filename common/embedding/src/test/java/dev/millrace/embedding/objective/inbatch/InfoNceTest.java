package dev.millrace.embedding.objective.inbatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.files.Models;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.objective.batch.Row;
import dev.millrace.embedding.objective.batch.Side;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.optim.StepSettings;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.train.StepResult;
import dev.millrace.embedding.train.TrainableEncoder;
import dev.millrace.embedding.train.TrainingOptions;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfoNceTest {
    private static final EncoderOptions OPTIONS = new EncoderOptions("cpu", Precision.FP32, 1, 4096);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.05, 1})
    void isTheWeightedCrossEntropyOfThePositiveAmongTheCandidates(double temperature) {
        // Given a model without dropout, so that the step sees the vectors that the test sees
        Path model = Models.random(folder.resolve("model"), 0);
        try (TrainableEncoder encoder =
                TrainableEncoder.load(model, OPTIONS, TrainingOptions.DEFAULT.with(new InfoNce(temperature)))) {
            TrainingBatch batch = batch(model);
            double expected = loss(vectors(encoder, batch), batch, temperature);

            // When
            double loss = encoder.step(batch, settings(1e-9)).loss();

            // Then
            assertThat(loss).isCloseTo(expected, offset(1e-4 * (1 + expected)));
        }
    }

    /** All weights that a pair may have: fp32 holds neither 1e-50 nor 1e300. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-50, 1e-300, 1e300})
    void onlyTheRatioOfWeightsCounts(double scale) {
        // Given
        Path model = Models.random(folder.resolve("model"), 0);
        try (TrainableEncoder encoder = TrainableEncoder.load(model, OPTIONS)) {
            TrainingBatch batch = batch(model);
            double expected = loss(vectors(encoder, batch), batch, 0.05);

            // When
            StepResult step = encoder.step(scaled(batch, scale), settings(1e-9));

            // Then
            assertThat(step.loss()).isCloseTo(expected, offset(1e-4 * (1 + expected)));
            assertThat(step.gradientNorm()).isPositive().isFinite();
        }
    }

    private static TrainingBatch scaled(TrainingBatch batch, double scale) {
        return TrainingBatch.ofRows(
                batch.texts(),
                batch.roles().rows(Side.ANCHORS).stream()
                        .map(anchor ->
                                new Row(anchor.text(), anchor.positive(), anchor.candidates(), scale * anchor.weight()))
                        .toList());
    }

    @Test
    void aSmallStepGoesDownhill() {
        // Given
        Path model = Models.random(folder.resolve("model"), 0);
        try (TrainableEncoder encoder = TrainableEncoder.load(model, OPTIONS)) {
            TrainingBatch batch = batch(model);
            double before = loss(vectors(encoder, batch), batch, 0.05);

            // When
            encoder.step(batch, settings(1e-4));

            // Then
            assertThat(loss(vectors(encoder, batch), batch, 0.05)).isLessThan(before - 0.01);
        }
    }

    /** The definition, in double precision. */
    private static double loss(float[][] vectors, TrainingBatch batch, double temperature) {
        double sum = 0;
        double weights = 0;
        for (Row anchor : batch.roles().rows(Side.ANCHORS)) {
            double all = anchor.candidates().stream()
                    .mapToDouble(i -> Math.exp(dot(vectors[anchor.text()], vectors[i]) / temperature))
                    .sum();
            double positive = Math.exp(dot(vectors[anchor.text()], vectors[anchor.positive()]) / temperature);
            sum -= anchor.weight() * Math.log(positive / all);
            weights += anchor.weight();
        }
        return sum / weights;
    }

    private static double dot(float[] a, float[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> (double) a[i] * b[i])
                .sum();
    }

    private static float[][] vectors(TrainableEncoder encoder, TrainingBatch batch) {
        try (Encoder averaged = encoder.averaged()) {
            return averaged.encode(batch.texts());
        }
    }

    /** Three anchors with different candidates and weights; the last text is a hard negative of all. */
    private static TrainingBatch batch(Path model) {
        try (TextTokenizer tokenizer = TextTokenizer.load(model)) {
            List<String> texts = List.of("q0 n1", "q1 n2", "q2", "d0 n3", "d1", "d2 n4 n5", "d3 n6");
            return TrainingBatch.ofRows(
                    tokenizer.tokenize(texts),
                    List.of(
                            new Row(0, 3, BitSet.valueOf(new long[] {0b1111000}), 1),
                            new Row(1, 4, BitSet.valueOf(new long[] {0b1011000}), 2),
                            new Row(2, 5, BitSet.valueOf(new long[] {0b1100000}), 0.5)));
        }
    }

    private static StepSettings settings(double learningRate) {
        return new StepSettings(learningRate, 0, 1, 0, 1);
    }
}
