package dev.millrace.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedding.objective.view.PositionShuffle;
import dev.millrace.embedding.objective.view.SeveralViews;
import dev.millrace.embedding.objective.view.TokenCutoff;
import dev.millrace.embedding.objective.view.View;
import dev.millrace.embedding.objective.view.words.EasyDataAugmentation;
import dev.millrace.trainer.learning.batch.Example;
import dev.millrace.trainer.learning.mine.Miner;
import dev.millrace.trainer.learning.mine.Miner.Mining;
import dev.millrace.trainer.learning.mine.MiningPool;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.testing.Configs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MethodsTest {
    @Test
    void anUnknownObjectiveIsRefusedByKeyAndChoices() {
        assertThatThrownBy(() -> Methods.objective(Configs.learning("objective", "softmax")))
                .hasMessageContaining("millrace.learning.objective")
                .hasMessageContaining("softmax")
                .hasMessageContaining("[am-softmax, angle, classify, clip, contrastive, cosent,");
    }

    @Test
    void anUnknownViewIsRefusedByKeyAndChoices() {
        assertThatThrownBy(() -> Methods.check(Configs.learning("view", "adversarial")))
                .hasMessageContaining("millrace.learning.view")
                .hasMessageContaining("\"adversarial\"")
                .hasMessageContaining("[dropout, eda, feature-cutoff, position-shuffle, repetition, token-cutoff]");
    }

    @ParameterizedTest
    @CsvSource({
        "eda-rate, 1.1, millrace.learning.eda-rate",
        "eda-rate, -0.1, millrace.learning.eda-rate",
        "token-cutoff-rate, 0.91, millrace.learning.token-cutoff-rate",
        "feature-cutoff-rate, 1, millrace.learning.feature-cutoff-rate",
        "view, eda + eda, millrace.learning.view is \"eda + eda\"; each view may be there once",
        "view, eda + , millrace.learning.view is \"\"; it must be one of",
        "eda-synonyms, nowhere.tsv, millrace.learning.eda-synonyms: nowhere.tsv cannot be read"
    })
    void aViewsBadValueIsRefusedByKey(String key, String value, String reason) {
        assertThatThrownBy(() -> Methods.check(Configs.learning("view", "eda", key, value)))
                .hasMessageContaining(reason);
    }

    @Test
    void severalViewsAreOneAfterTheOther() {
        // Given
        LearningConfig config = Configs.learning("view", "eda + position-shuffle+token-cutoff", "eda-rate", "0.5");

        // When
        View view = Methods.view(config);

        // Then
        assertThat(view).isInstanceOfSatisfying(SeveralViews.class, several -> assertThat(several.views())
                .hasExactlyElementsOfTypes(EasyDataAugmentation.class, PositionShuffle.class, TokenCutoff.class)
                .contains(new TokenCutoff(.15)));
    }

    @Test
    void synonymsThatNoViewTakesAreRefused() {
        assertThatThrownBy(() -> Methods.check(Configs.learning("view", "repetition", "eda-synonyms", "words.tsv")))
                .hasMessageContaining("millrace.learning.eda-synonyms wants millrace.learning.view=eda");
    }

    @Test
    void wordsAreReplacedByThoseOfTheFile(@TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("words.tsv"), "card\tplastic\n");
        View view = Methods.view(Configs.learning("view", "eda", "eda-synonyms", file.toString()));
        SplittableRandom random = new SplittableRandom(1);

        // When
        Set<String> views =
                IntStream.range(0, 100).mapToObj(i -> view.of("card", random)).collect(Collectors.toSet());

        // Then
        assertThat(views).containsExactlyInAnyOrder("plastic", "plastic card");
    }

    @Test
    void anUnknownMinerIsRefusedByKeyAndChoices() {
        assertThatThrownBy(() -> Methods.miner(Configs.learning("miner", "gold")))
                .hasMessageContaining("millrace.learning.miner")
                .hasMessageContaining("gold")
                .hasMessageContaining("[none, rank-range]");
    }

    @ParameterizedTest
    @CsvSource({"miner, none", "preset, unsupervised", "preset, graded", "hard-negatives, 0"})
    void documentsThatNobodyMinesFromAreRefused(String key, String value) {
        assertThatThrownBy(() -> Methods.check(Configs.learning(key, value, "mining-documents", "100")))
                .hasMessageContaining("millrace.learning.mining-documents wants millrace.learning.miner=rank-range")
                .hasMessageContaining("millrace.learning.hard-negatives above 0");
    }

    @Test
    void anUnknownOptimizerIsRefusedByKeyAndChoices() {
        assertThatThrownBy(() -> Methods.check(Configs.learning("optimizer", "adam")))
                .hasMessageContaining("millrace.learning.optimizer")
                .hasMessageContaining("\"adam\"")
                .hasMessageContaining("[adafactor, adamw]");
    }

    @Test
    void codesAreForTheMomentsOfAdamW() {
        assertThatThrownBy(() -> Methods.check(Configs.learning("storage", "compact", "optimizer", "adafactor")))
                .hasMessage("millrace.learning.storage=compact wants millrace.learning.optimizer=adamw");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "adapter=prefix|millrace.learning.adapter is \"prefix\"; it must be one of [dora, lora, none]",
                "adapter=lora adapter-targets=words|millrace.learning.adapter-targets is \"words\"; it must be one of"
                        + " [attended, gate, inner, key, outer, query, value]",
                "adapter=lora merge-base=0.1|millrace.learning.merge-base must be 0 with an adapter: the mean with a base"
                        + " without one is the same adapter with a smaller millrace.learning.adapter-alpha"
            })
    void anAdapterThatThereIsNotIsRefusedByItsKey(String settings, String message) {
        assertThatThrownBy(() -> Methods.check(Configs.learning(settings.split("[ =]"))))
                .hasMessage(message);
    }

    @Test
    void anUnknownScheduleIsRefusedByKeyAndChoices() {
        assertThatThrownBy(() -> Methods.check(Configs.learning("schedule", "step")))
                .hasMessageContaining("millrace.learning.schedule")
                .hasMessageContaining("step")
                .hasMessageContaining("[constant, cosine, linear]");
    }

    @Test
    void noMinerMinesNothing() {
        // Given
        Miner none = Methods.miner(Configs.learning("miner", "none"));
        List<Example> examples = List.of(
                new Example("a", Optional.of("b"), OptionalDouble.empty(), List.of(), Optional.empty(), 1, "test"));

        // When
        List<Example> mined = none.mine(
                examples,
                new MiningPool(examples, examples, 9),
                (type, texts) -> new float[0][],
                new Mining(1, () -> {}));

        // Then
        assertThat(mined).isEqualTo(examples);
    }
}
