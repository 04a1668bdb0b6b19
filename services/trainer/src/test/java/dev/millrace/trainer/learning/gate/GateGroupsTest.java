package dev.millrace.trainer.learning.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.version.Decision;
import dev.millrace.evaluation.retrieval.Placement;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.state.LearningState;
import dev.millrace.trainer.testing.Configs;
import dev.millrace.trainer.testing.Pairs;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a decision tells of groups: forty of five pairs each, and one of two hundred. */
class GateGroupsTest {
    private static final int SMALL = 40;
    private static final int EACH = 5;
    private static final int LARGE = 200;

    @TempDir
    Path empty;

    private final Gate gate = new Gate(Configs.gate());
    private LearningState state;

    @BeforeEach
    void hold() {
        state = LearningState.load(empty, Configs.learning("held-out-capacity", "400"));
        IntStream.range(0, SMALL * EACH + LARGE)
                .mapToObj(i -> Pairs.grouped("" + i, "q" + i, "d" + i, i < SMALL * EACH ? "small" + i / EACH : "large"))
                .forEach(state.heldOut::keep);
    }

    @Test
    void manySmallGroupsThatLoseALittleEachAreSeenThoughALargeOneWinsMore() {
        // When each small group loses one of its pairs, and the large one wins fifty
        Decision decision = judge(i -> small(i) || i >= SMALL * EACH + 50, i -> !small(i) || i % EACH > 0);

        // Then
        assertThat(decision.broken()).hasSize(1);
        assertThat(decision.broken().get(0)).startsWith("small-groups is 0.2000, at most 0.0");
        assertThat(decision.bounds().get("held-out").kept()).isTrue();
    }

    @Test
    void aSmallGroupIsToldOnlyWhereItIsAtFault() {
        // When all pairs of one small group are lost
        Decision decision = judge(i -> true, i -> i >= EACH);

        // Then
        assertThat(decision.bounds().keySet())
                .filteredOn(name -> name.startsWith("forgetting."))
                .containsExactly("forgetting.large", "forgetting.small0");
        assertThat(decision.broken()).hasSize(1);
        assertThat(decision.broken().get(0)).startsWith("forgetting.small0 is 1.0000, at most");
    }

    @Test
    void whatAPersonServesIsHeldAgainstNoGroup() {
        // Given
        judge(i -> true, i -> i >= EACH);

        // When
        state.accepted("v000002-00000000");

        // Then
        assertThat(judge(i -> i >= EACH, i -> i >= EACH).trusted()).isTrue();
    }

    private static boolean small(int pair) {
        return pair < SMALL * EACH;
    }

    /** Which pairs are found before and after. */
    private Decision judge(IntPredicate before, IntPredicate after) {
        return gate.judge(
                Examined.with(found(before), Examined.HERE, 1), Examined.with(found(after), Examined.HERE, 1), state);
    }

    private Map<Pair, Placement> found(IntPredicate hits) {
        List<Pair> held = state.heldOut.all();
        Map<Pair, Placement> found = new HashMap<>();
        IntStream.range(0, held.size())
                .forEach(i -> found.put(held.get(i), hits.test(i) ? new Placement(1, 1, 0) : Examined.MISSED));
        return found;
    }
}
