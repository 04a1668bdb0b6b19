package dev.millrace.embedding.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.engine.PtNDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.objective.batch.Row;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.objective.inbatch.InfoNce;
import dev.millrace.embedding.objective.loss.Losses;
import dev.millrace.embedding.text.Cutoff;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.train.gradient.DeviceShares;
import dev.millrace.embedding.train.gradient.GradientCache;
import dev.millrace.embedding.train.gradient.Replicas;
import dev.millrace.embedding.train.gradient.VocabularyRows;
import dev.millrace.embedding.train.gradient.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against numbers of transformers and autograd, where embeddings are filled with 0 as ConSERT does: {@code golden/cutoff.py}. */
class GoldenCutoffTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private JsonNode golden;

    @BeforeEach
    void golden() throws IOException {
        golden = JSON.readTree(GoldenCutoffTest.class.getResourceAsStream("/golden/cutoff.json"));
    }

    @ParameterizedTest(name = "{0} on {1}, {2} tokens at once, checkpointing {3}")
    @CsvSource(
            delimiter = ';',
            value = {
                "bert;cpu;4096;false",
                "bert;cpu;4096;true",
                "bert;cpu,cpu;100;false",
                "mpnet;cpu;4096;false",
                "mpnet;cpu,cpu;100;true"
            })
    void lossAndGradientEqualPyTorchsHoweverTheBatchIsCut(
            String family, String device, int tokenBudget, boolean checkpointing) {
        // Given
        JsonNode expected = golden.path("models").path(family);
        ModelFolder model = ModelFolder.read(FamilyModels.write(folder, expected, ""));
        EncoderOptions options = new EncoderOptions(device, Precision.FP32, 2, tokenBudget);
        VocabularyRows rows = VocabularyRows.of(batch().texts());
        Losses losses = new Losses(new InfoNce(golden.path("temperature").asDouble()));
        try (PtNDManager manager = TorchModule.manager("cpu", 2);
                Replicas replicas =
                        new Replicas(manager, model, new Weights(ModelWeights.of(manager, model), List.of()), options);
                DeviceShares shares = replicas.shares(
                        rows,
                        Differentiations.of(replicas, TrainingOptions.DEFAULT.withCheckpointing(checkpointing)))) {

            // When
            double loss = new GradientCache(shares, losses).backward(rows.renumber(batch()), 1, tokenBudget);

            // Then
            assertThat(loss).isCloseTo(expected.path("loss").asDouble(), within(1e-5));
            new GoldenGradients(expected.path("gradients"), rows, model.config())
                    .assertEqualTo(shares.gradients(manager));
        }
    }

    @Test
    void tokensInAnotherOrderAreWhatShuffledPositionsAre() {
        // Given
        ModelFolder model = ModelFolder.read(
                FamilyModels.write(folder, golden.path("models").path("bert"), ""));
        int[] ids = integers(golden.path("shuffled").path("ids"));
        int[] order = integers(golden.path("shuffled").path("order"));
        int[] moved = new int[ids.length];
        IntStream.range(0, ids.length).forEach(token -> moved[order[token]] = ids[token]);

        // When
        float[][] vectors;
        try (Encoder encoder = Encoder.load(model, EncoderOptions.cpu(2).with(Precision.FP32))) {
            vectors = encoder.encode(List.of(new Tokens(moved, false)));
        }

        // Then
        for (int i = 0; i < vectors[0].length; i++) {
            assertThat((double) vectors[0][i])
                    .isCloseTo(golden.path("shuffled").path("vector").path(i).asDouble(), within(1e-5));
        }
    }

    private TrainingBatch batch() {
        List<Tokens> texts = new ArrayList<>();
        golden.path("texts")
                .forEach(text -> texts.add(new Tokens(integers(text.path("ids")), false)
                        .without(Cutoff.ofTokens(places(text.path("tokens"))))
                        .without(Cutoff.ofFeatures(places(text.path("features"))))));
        int pairs = texts.size() / 2;
        BitSet positives = new BitSet();
        positives.set(pairs, 2 * pairs);
        return TrainingBatch.ofRows(
                texts,
                IntStream.range(0, pairs)
                        .mapToObj(i -> new Row(i, pairs + i, positives, 1))
                        .toList());
    }

    private static BitSet places(JsonNode numbers) {
        return IntStream.of(integers(numbers)).collect(BitSet::new, BitSet::set, BitSet::or);
    }

    private static int[] integers(JsonNode numbers) {
        return JSON.convertValue(numbers, int[].class);
    }
}
