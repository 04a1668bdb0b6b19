package dev.millrace.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.trainer.learning.batch.Example;
import dev.millrace.trainer.learning.mine.Miner;
import dev.millrace.trainer.learning.mine.Miner.Mining;
import dev.millrace.trainer.learning.mine.MiningPool;
import dev.millrace.trainer.testing.Configs;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MethodsTest {
    @Test
    void anUnknownObjectiveIsRefusedByKeyAndChoices() {
        assertThatThrownBy(() -> Methods.objective(Configs.learning("objective", "softmax")))
                .hasMessageContaining("millrace.learning.objective")
                .hasMessageContaining("softmax")
                .hasMessageContaining("[am-softmax, angle, classify, clip, contrastive, cosent,");
    }

    @Test
    void anUnknownMinerIsRefusedByKeyAndChoices() {
        assertThatThrownBy(() -> Methods.miner(Configs.learning("miner", "gold")))
                .hasMessageContaining("millrace.learning.miner")
                .hasMessageContaining("gold")
                .hasMessageContaining("[none, rank-range]");
    }

    @Test
    void anUnknownOptimizerIsRefusedByKeyAndChoices() {
        assertThatThrownBy(() -> Methods.check(Configs.learning("optimizer", "adam")))
                .hasMessageContaining("millrace.learning.optimizer")
                .hasMessageContaining("\"adam\"")
                .hasMessageContaining("[adafactor, adamw]");
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
                examples, new MiningPool(examples, examples, 9), texts -> new float[0][], new Mining(1, () -> {}));

        // Then
        assertThat(mined).isEqualTo(examples);
    }
}
