package dev.millrace.service.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class ByteBudgetTest {
    private static final long BYTES = 4 << 20;

    /** Each entry: a body that comes when it is positive, and the oldest one that leaves when it is not. */
    @Property
    void whateverComesAndLeavesTheSumIsHeldAndKeepsRoomForSmallOnes(
            @ForAll @Size(max = 200) List<@LongRange(min = -(1 << 20), max = 2 << 20) Long> steps) {
        // Given
        final ByteBudget budget = new ByteBudget(BYTES);
        final List<Long> inside = new ArrayList<>();

        // When
        for (long bytes : steps) {
            if (bytes > 0 && budget.take(bytes, bytes)) {
                inside.add(bytes);
            } else if (bytes <= 0 && !inside.isEmpty()) {
                budget.giveBack(inside.remove(0));
            }
        }

        // Then
        assertThat(budget.used())
                .isEqualTo(inside.stream().mapToLong(Long::longValue).sum())
                .isLessThanOrEqualTo(BYTES);
        final long small = inside.stream()
                .filter(bytes -> bytes <= ByteBudget.SMALL)
                .mapToLong(Long::longValue)
                .sum();
        assertThat(budget.used() - small).isLessThanOrEqualTo(budget.mostForOne());
    }

    @Property
    void anEmptyBudgetTakesAnyOneBodyThatMayBe(@ForAll @LongRange(min = 1, max = BYTES / 4 * 3) long bytes) {
        // Given
        final ByteBudget budget = new ByteBudget(BYTES);

        // When
        final boolean fits = budget.take(bytes, bytes);

        // Then
        assertThat(fits).isTrue();
    }
}
