package dev.millrace.bench.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContinualRowTest {
    /** hit@1 of three phases, before learning and after each. */
    private static final List<double[]> HITS = List.of(
            new double[] {.5, .4, .3}, new double[] {.9, .5, .3}, new double[] {.7, .8, .4}, new double[] {.8, .9, .6});

    @Test
    void whatIsForgottenCountsFromTheBestAfterAPhaseWasLearned() {
        // When
        double forgetting = ContinualRow.forgetting(HITS);

        // Then
        assertThat(forgetting).as("of .9 to .8, and of .9 to .9").isCloseTo(.05, within(1e-12));
    }

    @Test
    void backwardTransferIsWhatLaterPhasesBroughtOrTook() {
        // When
        double transfer = ContinualRow.backwardTransfer(HITS);

        // Then
        assertThat(transfer).as(".8 - .9 and .9 - .8").isCloseTo(0, within(1e-12));
    }

    @Test
    void trainingOfflineHasNoPhasesToForget() {
        // When
        double forgetting = ContinualRow.forgetting(List.of(new double[] {.5, .4}, new double[] {.9, .9}));

        // Then
        assertThat(forgetting).isZero();
    }
}
