package dev.millrace.embedding.objective.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.embedding.files.Models;
import dev.millrace.embedding.files.RandomBert;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.model.Vocabulary;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.objective.Objectives;
import dev.millrace.embedding.objective.loss.TokenLoss.Hidden;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.train.TrainableEncoder;
import dev.millrace.embedding.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskedLanguageModelTest {
    private static final int MASK = 4;
    private static final Vocabulary VOCABULARY = new Vocabulary(1000, Optional.of(MASK), Set.of(0, 1, 2, 3, MASK));
    private static final MaskedLanguageModel MLM = new MaskedLanguageModel(.15);

    @TempDir
    Path folder;

    @Property(tries = 200)
    void onlyWordsAreHiddenAndWhatBelongsThereIsKnown(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 999) Integer> ids, @ForAll long seed) {
        // Given
        Tokens text = new Tokens(ids.stream().mapToInt(Integer::intValue).toArray(), false);

        // When
        Hidden hidden = MLM.hide(text, VOCABULARY, new SplittableRandom(seed));

        // Then
        assertThat(hidden.shown().length()).isEqualTo(text.length());
        assertThat(hidden.wanted())
                .isEqualTo(hidden.hidden().stream().map(ids::get).toList())
                .doesNotContainAnyElementsOf(VOCABULARY.special());
        for (int i = 0; i < ids.size(); i++) {
            assertThat(hidden.shown().ids()[i] == ids.get(i) || hidden.hidden().contains(i))
                    .isTrue();
        }
        assertThat(MLM.hide(text, VOCABULARY, new SplittableRandom(seed))).isEqualTo(hidden);
    }

    @Test
    void fifteenOfAHundredAreHiddenEightOfTenAsTheMask() {
        // Given
        Tokens text =
                new Tokens(IntStream.range(0, 100_000).map(i -> 5 + i % 995).toArray(), false);

        // When
        Hidden hidden = MLM.hide(text, VOCABULARY, new SplittableRandom(1));

        // Then
        double all = hidden.hidden().size();
        double asMask = hidden.hidden().stream()
                .filter(place -> hidden.shown().ids()[place] == MASK)
                .count();
        double asItIs = hidden.hidden().stream()
                .filter(place -> hidden.shown().ids()[place] == text.ids()[place])
                .count();
        assertThat(all / text.length()).isCloseTo(.15, within(.005));
        assertThat(asMask / all).isCloseTo(.8, within(.01));
        assertThat(asItIs / all).isCloseTo(.1, within(.01));
    }

    @Test
    void aTokenizerThatCannotHideATokenIsRefused() throws IOException {
        // Given a tokenizer without a mask
        Path model = new RandomBert(1, 8, 16, 0, 1).write(folder.resolve("words"), List.of("a", "b"));
        TrainingOptions training = TrainingOptions.DEFAULT.with(Objectives.parse("info-nce + 0.1*mlm", .05));

        // When, Then
        assertThatThrownBy(() -> TrainableEncoder.load(model, EncoderOptions.cpu(1), training))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mlm wants a tokenizer that can hide a token");
    }

    @Test
    void itsHeadIsNotPublished() {
        // Given
        Path model = Models.random(folder.resolve("model"), 0);
        Path learned = folder.resolve("learned");

        // When
        TrainingOptions training = TrainingOptions.DEFAULT.with(Objectives.parse("mlm", .05));
        try (TrainableEncoder encoder = TrainableEncoder.load(model, EncoderOptions.cpu(1), training)) {
            encoder.save(learned);
        }

        // Then
        assertThat(Safetensors.read(learned.resolve("model.safetensors")))
                .containsOnlyKeys(
                        Safetensors.read(model.resolve("model.safetensors")).keySet());
        assertThat(Safetensors.read(learned.resolve("training-state/trained.safetensors")))
                .containsKey("mlm.bias");
    }
}
