package dev.millrace.embedding.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.model.Vocabulary;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.objective.loss.TokenLoss;
import dev.millrace.embedding.objective.seen.TokenStates;
import dev.millrace.embedding.objective.token.MaskedLanguageModel;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.train.gradient.DeviceShares;
import dev.millrace.embedding.train.gradient.Replicas;
import dev.millrace.embedding.train.gradient.VocabularyRows;
import dev.millrace.embedding.train.gradient.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loss and gradients of masked language modelling against transformers' models for it: {@code golden/mlm.py}. */
class GoldenMaskedWordsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode GOLDEN = golden();
    private static final MaskedLanguageModel MLM = new MaskedLanguageModel(.15);
    private static final List<String> BERT_HEAD = List.of(
            "cls.predictions.transform.dense.weight",
            "cls.predictions.transform.dense.bias",
            "cls.predictions.transform.LayerNorm.weight",
            "cls.predictions.transform.LayerNorm.bias",
            "cls.predictions.bias");
    private static final List<String> ROBERTA_HEAD = List.of(
            "lm_head.dense.weight",
            "lm_head.dense.bias",
            "lm_head.layer_norm.weight",
            "lm_head.layer_norm.bias",
            "lm_head.bias");
    private static final Map<String, List<String>> HEADS =
            Map.of("bert.", BERT_HEAD, "roberta.", ROBERTA_HEAD, "mpnet.", ROBERTA_HEAD, "", List.of());

    /** Hides what the script hid, of texts that are told apart by their lengths. */
    private record AsScripted(List<Hidden> texts) implements TokenLoss {
        @Override
        public String name() {
            return MLM.name();
        }

        @Override
        public Hidden hide(Tokens text, Vocabulary vocabulary, SplittableRandom random) {
            return texts.stream()
                    .filter(hidden -> hidden.shown().length() == text.length())
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public NDArray losses(TokenStates seen) {
            return MLM.losses(seen);
        }

        @Override
        public Optional<String> refusal(Vocabulary vocabulary) {
            return Optional.empty();
        }
    }

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} on {3}, {2} tokens at once, checkpointing {4}")
    @CsvSource(
            delimiter = ';',
            value = {
                "bert; bert.; 4096; cpu; false",
                "bert; bert.; 40; cpu; false",
                "bert; bert.; 40; cpu,cpu,cpu; true",
                "bert; bert.; 4096; cpu; true",
                "bert tanh; bert.; 4096; cpu; false",
                "roberta; roberta.; 40; cpu,cpu; false",
                "mpnet; mpnet.; 4096; cpu; true",
                "tied; ''; 4096; cpu; false",
                "tied; ''; 40; cpu,cpu; true"
            })
    void lossAndGradientEqualThoseOfTransformers(
            String name, String prefix, int tokenBudget, String device, boolean checkpointing) {
        // Given
        JsonNode expected = GOLDEN.path("models").path(name);
        ModelFolder model = ModelFolder.read(FamilyModels.write(folder, expected, ""));
        EncoderOptions options = new EncoderOptions(device, Precision.FP32, 2, tokenBudget);
        VocabularyRows rows = VocabularyRows.all(model.config().vocabulary());
        Vocabulary vocabulary = new Vocabulary(
                model.config().vocabulary(), Optional.of(GOLDEN.path("mask").asInt()), Set.of());
        TokenPass pass = new TokenPass(new AsScripted(hidden()), 1, vocabulary, model.config());
        try (PtNDManager manager = TorchModule.manager("cpu", 2);
                Replicas replicas = new Replicas(manager, model, weights(manager, model), options);
                DeviceShares shares = replicas.shares(
                        rows,
                        Differentiations.of(replicas, TrainingOptions.DEFAULT.withCheckpointing(checkpointing)))) {

            // When
            double loss = pass.backward(
                    shares, hidden().stream().map(TokenLoss.Hidden::shown).toList(), 1, tokenBudget);

            // Then
            assertThat(loss).isCloseTo(expected.path("loss").asDouble(), within(1e-5));
            List<String> names = new ArrayList<>();
            model.config().parameters().forEach(parameter -> names.add(prefix + parameter));
            names.addAll(HEADS.get(prefix));
            new GoldenGradients(expected.path("gradients"), rows, model.config())
                    .assertEqualTo(shares.gradients(manager).subNDList(0, names.size()), names);
        }
    }

    private static Weights weights(PtNDManager manager, ModelFolder model) {
        return Weights.of(
                manager,
                ModelWeights.of(manager, model),
                MLM.parameters(model, model.config().hidden()),
                Map.of());
    }

    private static List<TokenLoss.Hidden> hidden() {
        List<TokenLoss.Hidden> texts = new ArrayList<>();
        GOLDEN.path("texts")
                .forEach(text -> texts.add(new TokenLoss.Hidden(
                        new Tokens(JSON.convertValue(text.path("shown"), int[].class), false),
                        numbers(text.path("hidden")),
                        numbers(text.path("wanted")))));
        return texts;
    }

    private static List<Integer> numbers(JsonNode golden) {
        List<Integer> numbers = new ArrayList<>();
        golden.forEach(number -> numbers.add(number.asInt()));
        return numbers;
    }

    private static JsonNode golden() {
        try (InputStream file = GoldenMaskedWordsTest.class.getResourceAsStream("/golden/mlm.json")) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
