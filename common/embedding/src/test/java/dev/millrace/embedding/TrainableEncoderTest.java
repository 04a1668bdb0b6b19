package dev.millrace.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainableEncoderTest {
    private static final List<String> TEXTS = List.of(
            "reset my password", "How can I change the secret word of my account?",
            "card arrival", "When will the new card be in the mail?",
            "exchange rate", "What do you pay me for a hundred euros in dollars?",
            "lost phone", "My mobile was stolen, so how do I get into the app?");
    private static final Objective INFO_NCE = InfoNce.of(.05);
    private static final Objective NOT_A_NUMBER =
            new Objective("nan", "    return torch.sum(torch.div(torch.mul(e, 0.), 0.))\n", List.of());

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Precision.class)
    void aFewStepsLowerTheLoss(Precision precision) {
        // Given
        ContrastiveBatch batch = batch();
        try (TrainableEncoder encoder = load(Models.miniLm(), precision, 4096)) {
            double before = encoder.step(batch, INFO_NCE, settings(1)).loss();

            // When
            double after = IntStream.range(2, 8)
                    .mapToDouble(i -> encoder.step(batch, INFO_NCE, settings(i)).loss())
                    .reduce((a, b) -> b)
                    .orElseThrow();

            // Then
            assertThat(after).isLessThan(before * 0.7);
        }
    }

    @Test
    void aBatchCutIntoMicroBatchesStepsLikeOneThatIsNot() {
        // Given a model without dropout, since the cut decides which text sees which mask
        Path calm = TinyBert.write(folder.resolve("calm"), 0);
        try (TrainableEncoder whole = load(calm, Precision.FP32, 4096);
                TrainableEncoder cut = load(calm, Precision.FP32, 24)) {

            // When
            StepResult one = whole.step(batch(), INFO_NCE, settings(1));
            StepResult many = cut.step(batch(), INFO_NCE, settings(1));

            // Then
            assertThat(many.loss()).isCloseTo(one.loss(), within(1e-5));
            assertThat(many.gradientNorm()).isCloseTo(one.gradientNorm(), within(1e-4 * one.gradientNorm()));
        }
    }

    @ParameterizedTest
    @CsvSource({"ADAMW, 0", "ADAMW, 2", "ADAFACTOR, 0", "ADAFACTOR, 2"})
    void trainingGoesOnFromASavedFolderWithTheSameBytes(Optimizer optimizer, int frozenDepth) throws IOException {
        // Given
        Path tiny = tiny();
        Path half = folder.resolve("half");
        Path straight = folder.resolve("straight");
        Path resumed = folder.resolve("resumed");
        TrainingOptions training = TrainingOptions.DEFAULT.with(frozenDepth).with(optimizer);
        EncoderOptions options = new EncoderOptions("cpu", Precision.BF16, 2, 32);
        try (TrainableEncoder encoder = TrainableEncoder.load(tiny, options, training)) {
            encoder.step(batch(), INFO_NCE, settings(1));
            encoder.save(half);
            encoder.step(batch(), INFO_NCE, settings(2));
            encoder.save(straight);
        }

        // When
        try (TrainableEncoder encoder = TrainableEncoder.load(half, options, training)) {
            encoder.step(batch(), INFO_NCE, settings(2));
            encoder.save(resumed);
        }

        // Then
        assertSameBytes(straight, resumed);
    }

    @ParameterizedTest
    @CsvSource({"ADAMW, 0", "ADAFACTOR, 2"})
    void aSnapshotStaysAsItIsWhileTrainingGoesOn(Optimizer optimizer, int frozenDepth) throws IOException {
        // Given
        Path saved = folder.resolve("saved");
        Path written = folder.resolve("written");
        TrainingOptions training = TrainingOptions.DEFAULT.with(frozenDepth).with(optimizer);
        TrainableEncoder encoder = TrainableEncoder.load(tiny(), EncoderOptions.cpu(2), training);
        encoder.step(batch(), INFO_NCE, settings(1));
        encoder.save(saved);

        // When
        try (Snapshot snapshot = encoder.snapshot()) {
            encoder.step(batch(), INFO_NCE, settings(2));
            encoder.close();
            snapshot.write(written);
        }

        // Then
        assertSameBytes(saved, written);
    }

    @Test
    void whatIsFrozenStaysAndTheRestLearns() {
        // Given embeddings and the lowest layer frozen
        Path tiny = tiny();
        Path learned = folder.resolve("learned");
        TrainingOptions training = TrainingOptions.DEFAULT.with(2).withDropout(0);

        // When
        try (TrainableEncoder encoder = TrainableEncoder.load(tiny, EncoderOptions.cpu(2), training)) {
            encoder.step(batch(), INFO_NCE, settings(1));
            encoder.save(learned);
        }

        // Then
        Map<String, Safetensors.Tensor> before = Safetensors.read(tiny.resolve("model.safetensors"));
        Map<String, Safetensors.Tensor> after = Safetensors.read(learned.resolve("model.safetensors"));
        List<String> names = ParameterNames.BERT.of(TinyBert.LAYERS);
        for (String name : names) {
            boolean same = before.get(name).values().equals(after.get(name).values());
            assertThat(same).as(name).isEqualTo(names.indexOf(name) < ParameterNames.BERT.below(2));
        }
        assertThat(Safetensors.read(learned.resolve("training-state/moments.safetensors")))
                .hasSize(3 * (names.size() - ParameterNames.BERT.below(2)));
    }

    @Test
    void whatWasFrozenLearnsOnceItMay() {
        // Given
        Path frozen = folder.resolve("frozen");
        Path thawed = folder.resolve("thawed");
        TrainingOptions training = TrainingOptions.DEFAULT.with(1);
        try (TrainableEncoder encoder = TrainableEncoder.load(tiny(), EncoderOptions.cpu(2), training)) {
            encoder.step(batch(), INFO_NCE, settings(1));
            encoder.save(frozen);
        }

        // When
        try (TrainableEncoder encoder = TrainableEncoder.load(frozen, EncoderOptions.cpu(2))) {
            encoder.step(batch(), INFO_NCE, settings(2));
            encoder.save(thawed);
        }

        // Then
        String words = ParameterNames.BERT.of(TinyBert.LAYERS).get(0);
        assertThat(Safetensors.read(thawed.resolve("model.safetensors"))
                        .get(words)
                        .values())
                .isNotEqualTo(Safetensors.read(frozen.resolve("model.safetensors"))
                        .get(words)
                        .values());
        assertThat(stepsOf(words, thawed)).isEqualTo(1);
        assertThat(stepsOf("encoder.layer.0.output.dense.weight", thawed)).isEqualTo(2);
    }

    @Test
    void whatIsFrozenLaterIsWhatWasPublished() {
        // Given a folder whose published table is an average and not the trained one
        Path learned = folder.resolve("learned");
        EncoderOptions options = EncoderOptions.cpu(2);
        try (TrainableEncoder encoder = TrainableEncoder.load(tiny(), options)) {
            encoder.step(batch(), INFO_NCE, settings(1));
            encoder.step(batch(), INFO_NCE, settings(2));
            encoder.save(learned);
        }
        TrainingOptions training = TrainingOptions.DEFAULT.with(1);

        // When
        try (TrainableEncoder frozen = TrainableEncoder.load(learned, options, training);
                Encoder averaged = frozen.averaged();
                Encoder published = Encoder.load(learned, options)) {

            // Then
            assertThat(averaged.encode(batch().texts())).isEqualTo(published.encode(batch().texts()));
        }
    }

    @ParameterizedTest
    @CsvSource({"ADAMW, ADAFACTOR", "ADAFACTOR, ADAMW"})
    void anotherOptimizerBeginsWithFreshMomentsAndSaysSo(Optimizer first, Optimizer second) {
        // Given
        Path half = folder.resolve("half");
        Path whole = folder.resolve("whole");
        EncoderOptions options = EncoderOptions.cpu(2);
        try (TrainableEncoder encoder = TrainableEncoder.load(tiny(), options, TrainingOptions.DEFAULT.with(first))) {
            encoder.step(batch(), INFO_NCE, settings(1));
            encoder.save(half);
        }

        // When
        try (LogCapture log = new LogCapture(WeightUpdate.class);
                TrainableEncoder encoder = TrainableEncoder.load(half, options, TrainingOptions.DEFAULT.with(second))) {
            encoder.step(batch(), INFO_NCE, settings(2));
            encoder.save(whole);

            // Then the lineage counts on, the moments anew
            assertThat(encoder.steps()).isEqualTo(2);
            assertThat(log.lines()).singleElement().satisfies(line -> assertThat(line.getParameters())
                    .contains(first.key(), second.key()));
        }
        assertThat(ParameterNames.BERT.of(TinyBert.LAYERS)).allMatch(weight -> stepsOf(weight, whole) == 1);
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
            trained.step(batch(), INFO_NCE, settings(1));
            trained.step(batch(), INFO_NCE, settings(2));
            try (Encoder encoder = trained.averaged()) {
                return encoder.encode(batch().texts());
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
        try (TrainableEncoder encoder = load(tiny(), Precision.FP32, 4096)) {
            encoder.save(before);

            // When
            assertThatThrownBy(() -> encoder.step(batch(), NOT_A_NUMBER, settings(1)))
                    .isInstanceOf(NonFiniteStepException.class)
                    .hasMessageContaining("loss");

            // Then
            encoder.save(after);
        }
        assertThat(after.resolve("training-state/trained.safetensors"))
                .hasSameBinaryContentAs(before.resolve("training-state/trained.safetensors"));
    }

    private static void assertSameBytes(Path expected, Path actual) throws IOException {
        try (Stream<Path> files = Files.walk(expected)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(actual.resolve(expected.relativize(file))).hasSameBinaryContentAs(file);
            }
        }
        assertThat(expected.resolve("model.safetensors")).exists();
    }

    private Path tiny() {
        return TinyBert.write(folder.resolve("tiny"), 0.1);
    }

    /** How many steps of its optimizer a weight has seen. */
    private static float stepsOf(String weight, Path version) {
        return Safetensors.read(version.resolve("training-state/moments.safetensors"))
                .get("steps." + weight)
                .values()
                .getFloat(0);
    }

    private static org.assertj.core.data.Offset<Double> within(double tolerance) {
        return org.assertj.core.data.Offset.offset(tolerance);
    }

    private static TrainableEncoder load(Path model, Precision precision, int tokenBudget) {
        return TrainableEncoder.load(model, new EncoderOptions("cpu", precision, 2, tokenBudget));
    }

    private static ContrastiveBatch batch() {
        try (TextTokenizer tokenizer = TextTokenizer.load(Models.miniLm())) {
            List<Tokens> texts = tokenizer.tokenize(TEXTS);
            BitSet positives = new BitSet();
            IntStream.range(0, 4).forEach(i -> positives.set(2 * i + 1));
            List<ContrastiveBatch.Anchor> anchors = IntStream.range(0, 4)
                    .mapToObj(i -> new ContrastiveBatch.Anchor(2 * i, 2 * i + 1, positives, 1 + i))
                    .toList();
            return new ContrastiveBatch(texts, anchors);
        }
    }

    private static StepSettings settings(long seed) {
        return new StepSettings(1e-4, 0.01, 1, 0.99, seed);
    }
}
