package dev.millrace.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.model.InputType;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.objective.view.View;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.train.TrainingOptions;
import dev.millrace.embedding.train.version.VersionWeights;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.batch.Example;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.vectors.TextFaults;
import dev.millrace.trainer.learning.vectors.Tokenizers;
import dev.millrace.trainer.learning.vectors.Vectors;
import dev.millrace.trainer.testing.Configs;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model that reads q1 before queries, d1 before documents, and n1 before texts of which nothing is said. */
class PromptsTest {
    private static final String FILE = "config_sentence_transformers.json";
    private static final EncoderOptions OPTIONS = new EncoderOptions("cpu", Precision.FP32, 1, 128);
    private static final List<Pair> WINDOW = Pairs.lesson(0, Workshop.WINDOW);

    @TempDir
    Path folder;

    private Workshop workshop;
    private Path model;

    @BeforeEach
    void aModelWithPrompts() throws IOException {
        workshop = new Workshop(folder, Precision.FP32, 1);
        model = workshop.baseModel();
        Files.writeString(model.resolve(FILE), """
                {"prompts": {"query": "q1 ", "document": "d1 ", "plain": "n1 "}, "default_prompt_name": "plain"}""");
    }

    @ParameterizedTest
    @CsvSource({"roles, q1 q2, d1 d2, d1 n2, d1 q2", "default, n1 q2, n1 d2, n1 n2, n1 q2"})
    void anchorsAreQueriesAndAllElseIsDocuments(
            String prompts, String anchor, String positive, String negative, String view) {
        // Given a pair with a negative, and a bare text
        Example pair = Example.of(Pairs.pair("a", "q2", "d2")).with(List.of("n2"));
        Example bare = Example.of(Pairs.alone("b", "q2"));
        LearningConfig config = Configs.learning("prompts", prompts);

        // When
        TrainingBatch batch;
        try (Model learning = Model.load(model, OPTIONS, TrainingOptions.DEFAULT, config)) {
            batch = Batches.of(View.DROPOUT, learning).batch(List.of(pair, bare), 1, Optional.empty());
        }

        // Then
        assertThat(batch.texts()).isEqualTo(asTheyAre(List.of(anchor, positive, negative, view)));
    }

    @ParameterizedTest
    @CsvSource({"roles, QUERY, q1 q2", "roles, DOCUMENT, d1 q2", "roles, UNSAID, n1 q2", "default, QUERY, n1 q2"})
    void whatIsMinedAndMeasuredIsReadAsWhatIsLearned(String prompts, InputType type, String read) {
        // Given
        LearningConfig config = Configs.learning("prompts", prompts);
        try (TextTokenizer tokenizer = Tokenizers.open(model, config);
                Encoder encoder = Encoder.load(model, OPTIONS)) {

            // When
            float[] vector = Vectors.by(tokenizer, encoder, () -> {}).of(type, List.of("q2"))[0];

            // Then
            assertThat(vector).containsExactly(encoder.encode(asTheyAre(List.of(read)))[0]);
        }
    }

    @Test
    void aPromptCountsWhereATextIsTooLongToBeTrainedOn() {
        // Given
        List<Pair> window = List.of(Pairs.pair("a", "q1 q2", "d1"), Pairs.pair("b", "q1", "d1"));

        // When
        try (TextTokenizer tokenizer = TextTokenizer.load(model)) {
            var faults = TextFaults.unreadable(
                    window, tokenizer, text -> Optional.of("too long").filter(reason -> text.length() > 4));

            // Then q1 q1 q2 and what the tokenizer puts around it
            assertThat(faults).containsOnlyKeys(0);
        }
    }

    @Test
    void aVersionKeepsThemAndIsLearnedOtherwiseByRolesThanWithout() throws IOException {
        // When
        Path roles = learned("roles");
        Path alike = learned("default");

        // Then
        assertThat(roles.resolve(FILE)).hasSameBinaryContentAs(model.resolve(FILE));
        assertThat(Files.mismatch(weights(roles), weights(alike))).isNotNegative();
    }

    @Test
    void aModelWithoutPromptsIsLearnedToTheSameBytesByEither() throws IOException {
        // Given
        Files.delete(model.resolve(FILE));

        // When
        Path roles = learned("roles");
        Path alike = learned("default");

        // Then
        assertThat(weights(roles)).hasSameBinaryContentAs(weights(alike));
    }

    private List<Tokens> asTheyAre(List<String> texts) {
        try (TextTokenizer tokenizer = TextTokenizer.load(model)) {
            return tokenizer.tokenize(texts);
        }
    }

    private static Path weights(Path version) {
        return version.resolve("model.safetensors");
    }

    private Path learned(String prompts) {
        Path version = folder.resolve(prompts);
        try (Learner learner = workshop.learner(model, "prompts", prompts)) {
            learner.learn(WINDOW, () -> {});
            try (VersionWeights snapshot = learner.save(version)) {
                snapshot.write(version);
            }
        }
        return version;
    }
}
