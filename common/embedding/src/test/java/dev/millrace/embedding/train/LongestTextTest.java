package dev.millrace.embedding.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedding.model.Configs;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.network.DropoutBytes;
import dev.millrace.embedding.text.PackedBatch;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.text.UnencodableTextException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongestTextTest {
    private static final ModelConfig BGE_BASE = Configs.bert(12, 768, 16_384);
    private static final long GIB = 1L << 30;

    @ParameterizedTest
    @CsvSource({"false, 2, 1114", "false, 24, 3861", "true, 24, 13313", "false, 4096, 13313"})
    void isBoundedByMemoryAndByTheBytesOfOneLayer(boolean checkpointing, long gib, int tokens) {
        // When
        LongestText longest =
                LongestText.of(BGE_BASE, TrainingOptions.DEFAULT.withCheckpointing(checkpointing), gib * GIB);

        // Then
        assertThat(longest.tokens()).isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource({"3861", "8192", "13313"})
    void theMasksOfATextUpToThereAreOneArrayALayer(int tokens) {
        // Given
        PackedBatch batch = PackedBatch.of(List.of(text(tokens)), BGE_BASE, true);

        // When
        int bytes = DropoutBytes.forLayer(batch, BGE_BASE);

        // Then
        assertThat(bytes).isEqualTo(2 * 768 * tokens + 12 * tokens * tokens).isPositive();
    }

    @Test
    void aLongerTextIsRefusedByItsPlace() {
        // Given
        LongestText longest = new LongestText(100);

        // When, Then
        assertThatThrownBy(() -> longest.require(List.of(text(100), text(101), text(99))))
                .isInstanceOfSatisfying(UnencodableTextException.class, refused -> assertThat(refused.index())
                        .isEqualTo(1))
                .hasMessageContaining("its 101 tokens are more than the 100");
    }

    private static Tokens text(int tokens) {
        return new Tokens(new int[tokens], false);
    }
}
