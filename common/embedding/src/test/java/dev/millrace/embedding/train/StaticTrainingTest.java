package dev.millrace.embedding.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.network.Route;
import dev.millrace.embedding.objective.Objectives;
import dev.millrace.embedding.objective.inbatch.InfoNce;
import dev.millrace.embedding.optim.StepSettings;
import dev.millrace.embedding.optim.rule.Optimizer;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.text.UnencodableTextException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of training there is, and what there is not, where a model is a table alone. */
class StaticTrainingTest {
    private static final EncoderOptions OPTIONS = EncoderOptions.cpu(2).with(Precision.FP32);
    private static final JsonNode NESTED = StaticModels.GOLDEN.path("models").path("nested");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"ADAMW, ''", "ADAFACTOR, ''", "ADAMW, moco", "ADAMW, clip"})
    void optimizersAndObjectivesWorkOnATableAlone(Optimizer optimizer, String objective) {
        // Given
        ModelFolder model = model();
        TrainingOptions training = TrainingOptions.DEFAULT
                .with(objective.isEmpty() ? new InfoNce(.05) : Objectives.parse(objective, .05))
                .with(optimizer)
                .withDropout(.1);
        try (TrainableEncoder encoder = TrainableEncoder.load(model.folder(), OPTIONS, training)) {

            // When
            double first = encoder.step(FamilyModels.pairs(NESTED), settings(1)).loss();
            double last = first;
            for (int step = 2; step < 20; step++) {
                last = encoder.step(FamilyModels.pairs(NESTED), settings(step)).loss();
            }

            // Then
            assertThat(last).isLessThan(first);
        }
    }

    @Test
    void whatWantsLayersIsRefusedBeforeAnythingIsLearned() {
        // Given
        Path model = model().folder();
        TrainingOptions frozen = TrainingOptions.DEFAULT.with(1);
        TrainingOptions words = TrainingOptions.DEFAULT.with(Objectives.parse("info-nce + 0.1*mlm", .05));

        // When, Then
        assertThatThrownBy(() -> TrainableEncoder.load(model, OPTIONS, frozen))
                .hasMessage("frozenDepth must be at most the model's 0 layers, not 1");
        assertThatThrownBy(() -> TrainableEncoder.load(model, OPTIONS, words))
                .hasMessageStartingWith("the objective mlm wants a model with layers");
        assertThatThrownBy(() -> Encoder.load(model, OPTIONS.with(Precision.INT8)))
                .hasMessageContaining("precision int8");
    }

    @Test
    void aTextOfAsManyTokensAsAnEventHasCharactersIsEncodedAndLearned() {
        // Given
        ModelFolder model = model();
        Tokens one = new Tokens(new int[] {7}, false);
        Tokens event = new Tokens(IntStream.generate(() -> 7).limit(1 << 17).toArray(), false);
        try (Encoder encoder = Encoder.load(model, OPTIONS.with(Encoder.fastest("cpu", model)));
                TrainableEncoder learning = TrainableEncoder.load(
                        model.folder(), OPTIONS, TrainingOptions.DEFAULT.withCheckpointing(true))) {

            // When
            float[][] vectors = encoder.encode(List.of(one, event));

            // Then
            assertThat(encoder.engine()).isEqualTo(Route.Engine.KERNELS);
            assertThat(vectors[1]).containsExactly(vectors[0], within(1e-3f));
            assertThat(learning.refusal(event)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \t "})
    void aTextWithoutTokensFailsAlone(String text) {
        // Given
        try (TextTokenizer tokenizer = TextTokenizer.load(model())) {

            // When
            assertThatThrownBy(() -> tokenizer.tokenize(List.of("a", text)))

                    // Then
                    .isInstanceOf(UnencodableTextException.class)
                    .hasMessage("text 1 cannot be encoded: it has no tokens");
        }
    }

    private ModelFolder model() {
        return ModelFolder.read(StaticModels.write(folder.resolve("nested"), "nested"));
    }

    private static StepSettings settings(long seed) {
        return new StepSettings(1e-2, 0, 1, .9, seed);
    }
}
