package dev.millrace.ingestion.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class AdmissionTest {
    /** Batches enter (one record each, the number its bytes) and leave (zero) in any order. */
    @Property
    void neverHoldsMoreThanItsBounds(@ForAll List<@IntRange(max = 15) Integer> moves) {
        final Admission admission = new Admission(4, 20);
        final ArrayDeque<Integer> inside = new ArrayDeque<>();
        for (int bytes : moves) {
            if (bytes > 0 && admission.tryEnter(1, bytes)) {
                inside.add(bytes);
            } else if (bytes == 0 && !inside.isEmpty()) {
                admission.leave(inside.remove());
            }
            assertThat(admission.records()).isEqualTo(inside.size()).isLessThanOrEqualTo(4);
            assertThat(admission.bytes())
                    .isEqualTo(inside.stream().mapToLong(Integer::longValue).sum())
                    .isLessThanOrEqualTo(20);
        }
    }

    @Property
    void anIdleServiceLetsAnyOneBatchIn(@ForAll @IntRange(min = 1) int records, @ForAll @IntRange(min = 1) int bytes) {
        final Admission admission = new Admission(1, 1);
        assertThat(admission.tryEnter(records, bytes)).isTrue();
        assertThat(admission.tryEnter(1, 1)).isFalse();
    }
}
