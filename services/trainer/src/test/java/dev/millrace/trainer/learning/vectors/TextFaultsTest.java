package dev.millrace.trainer.learning.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.testing.BaseModel;
import dev.millrace.trainer.testing.Pairs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFaultsTest {
    @TempDir
    Path folder;

    /** However many there are: found one by one, by halving, the fourth in a row would hold the stream up. */
    @Test
    void everyPairWithATextThatIsTooLongToBeTrainedOnIsFoundBeforeItIsTried() {
        // Given
        List<Pair> window = List.of(
                Pairs.pair("a", "q1 q2 q3 q4", "d1"),
                Pairs.pair("b", "q1", "d1"),
                Pairs.pair("c", "q1", "d1 d2 d3 d4"),
                Pairs.pair("d", "q1 q2 q3 q4", "d1"));

        // When
        SortedMap<Integer, String> faults;
        try (TextTokenizer tokenizer = TextTokenizer.load(BaseModel.write(folder.resolve("model")))) {
            faults = TextFaults.unreadable(
                    window, tokenizer, text -> Optional.of("its " + text.length() + " tokens are too many")
                            .filter(reason -> text.length() > 4));
        }

        // Then
        assertThat(faults).containsOnlyKeys(0, 2, 3);
        assertThat(faults.values()).containsOnly("cannot be encoded: its 6 tokens are too many");
    }
}
