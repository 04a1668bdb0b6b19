package dev.millrace.trainer.learning.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.state.HeldOut;
import dev.millrace.trainer.learning.state.HeldOut.Samples;
import dev.millrace.trainer.learning.state.Reservoir;
import dev.millrace.trainer.learning.state.SeenIds;
import dev.millrace.trainer.testing.Pairs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static Reservoir sample() {
        return new Reservoir(100, 1, List.of(), 0);
    }

    @Test
    void everyRecordIsLearnedHeldOutOrARepeat() {
        // Given
        HeldOut held = new HeldOut(0.2, 100, List.of(), new Samples(sample(), sample(), sample()));
        List<Pair> window = new ArrayList<>(Pairs.different(100));
        window.addAll(window.subList(40, 50));
        SeenIds seen = new SeenIds(1000, List.of("id3", "id4"));

        // When
        Admission admission = Admission.of(window, seen, held);

        // Then
        assertThat(admission.duplicates()).isEqualTo(12);
        assertThat(admission.heldOut()).isEqualTo(held.fresh().size()).isPositive();
        assertThat(admission.fresh().size() + admission.heldOut() + admission.duplicates())
                .isEqualTo(window.size());
        assertThat(admission.fresh()).doesNotContainAnyElementsOf(held.fresh()).isSubsetOf(window);
        assertThat(admission.fresh()).extracting(Pair::id).doesNotContain("id3", "id4");
    }
}
