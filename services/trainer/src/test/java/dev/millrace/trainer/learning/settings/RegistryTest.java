package dev.millrace.trainer.learning.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.Objectives;
import dev.millrace.trainer.learning.batch.Example;
import dev.millrace.trainer.learning.mine.Miner;
import dev.millrace.trainer.learning.mine.Miners;
import dev.millrace.trainer.learning.mine.MiningPool;
import dev.millrace.trainer.testing.Configs;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistryTest {
    @Test
    void anUnknownObjectiveIsRefusedByKeyAndChoices() {
        assertThatThrownBy(() -> Objectives.named(Configs.learning("objective", "triplet")))
                .hasMessageContaining("millrace.learning.objective")
                .hasMessageContaining("triplet")
                .hasMessageContaining("[info-nce]");
    }

    @Test
    void anUnknownMinerIsRefusedByKeyAndChoices() {
        assertThatThrownBy(() -> Miners.named(Configs.learning("miner", "gold")))
                .hasMessageContaining("millrace.learning.miner")
                .hasMessageContaining("gold")
                .hasMessageContaining("[none, rank-range]");
    }

    @Test
    void anUnknownOptimizerIsRefusedByKeyAndChoices() {
        assertThatThrownBy(() -> Learner.check(Configs.learning("optimizer", "adam")))
                .hasMessageContaining("millrace.learning.optimizer")
                .hasMessageContaining("\"adam\"")
                .hasMessageContaining("[adafactor, adamw]");
    }

    @Test
    void anUnknownScheduleIsRefusedByKeyAndChoices() {
        assertThatThrownBy(() -> Learner.check(Configs.learning("schedule", "step")))
                .hasMessageContaining("millrace.learning.schedule")
                .hasMessageContaining("step")
                .hasMessageContaining("[constant, cosine, linear]");
    }

    @Test
    void noMinerMinesNothing() {
        // Given
        Miner none = Miners.named(Configs.learning("miner", "none"));
        List<Example> examples = List.of(new Example("a", Optional.of("b"), List.of(), Optional.empty(), 1));

        // When
        List<Example> mined = none.mine(examples, new MiningPool(examples, examples, 9), texts -> new float[0][]);

        // Then
        assertThat(mined).isEqualTo(examples);
    }
}
