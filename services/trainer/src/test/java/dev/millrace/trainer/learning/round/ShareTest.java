package dev.millrace.trainer.learning.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.version.Records;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareTest {
    private static final Work WORK = new Work(3, 1, new Records(3, 1, 1, 1));

    @Test
    void rangesAreInTheOrderOfTheirPartitions() {
        // Given
        OffsetRange second = Rounds.range(1, 4, 9);
        OffsetRange first = Rounds.range(0, 0, 1);

        // When
        Share share = new Share("a", "v0", List.of(second, first), WORK);

        // Then
        assertThat(share.ranges()).containsExactly(first, second);
    }

    @Test
    void aPartitionInTwoRangesIsRefused() {
        assertThatThrownBy(() -> new Share("a", "v0", List.of(Rounds.range(0, 0, 9), Rounds.range(0, 9, 12)), WORK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pairs-0");
    }

    @Test
    void moreRecordsThanOffsetsAreRefused() {
        assertThatThrownBy(() -> new Share("a", "v0", List.of(Rounds.range(0, 0, 5)), WORK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("6 records in 5 offsets");
    }

    @Test
    void whoReadNothingHasNoShare() {
        assertThatThrownBy(() -> new Share("a", "v0", List.of(), WORK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a read nothing");
    }

    @ParameterizedTest
    @CsvSource({"' ', v0", "a, ' '"})
    void aShareWithoutANameIsRefused(String trainer, String base) {
        assertThatThrownBy(() -> new Share(trainer, base, List.of(Rounds.range(0, 0, 9)), WORK))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"pairs-0, -1, 2", "pairs-0, 3, 3", "pairs-0, 4, 3", "' ', 0, 1"})
    void aRangeOutOfRangeIsRefused(String partition, long from, long to) {
        assertThatThrownBy(() -> new OffsetRange(partition, from, to)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, -1"})
    void workBelowNothingIsRefused(long samples, long steps) {
        assertThatThrownBy(() -> new Work(samples, steps, Records.NONE)).isInstanceOf(IllegalArgumentException.class);
    }
}
