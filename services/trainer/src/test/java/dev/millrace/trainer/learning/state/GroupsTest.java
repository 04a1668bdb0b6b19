package dev.millrace.trainer.learning.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.evaluate.Change;
import dev.millrace.trainer.learning.ledger.Ledger;
import dev.millrace.trainer.testing.Pairs;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupsTest {
    private static final Change STILL = new Change(4, 2, 0, 0);

    @Test
    void moreGroupsThanAreKeptLeaveTheLargestAndThoseThatAreKnown() {
        // Given a known group of one pair, and more new ones than there is room for
        Groups groups = new Groups();
        groups.changed(new TreeMap<>(Map.of("known", STILL)), STILL);
        SortedMap<String, List<Pair>> held = new TreeMap<>();
        held.put("known", pairs(1));
        IntStream.range(0, Groups.MOST + 10).forEach(i -> held.put("group%03d".formatted(i), pairs(i < 10 ? 2 : 3)));

        // When
        SortedMap<String, List<Pair>> named = groups.named(held);

        // Then
        assertThat(named)
                .hasSize(Groups.MOST)
                .containsKeys("known", "group010", "group264")
                .doesNotContainKeys("group000", "group009", "group265");
    }

    @Test
    void whatIsNotNamedIsOneAccount() {
        // Given
        Groups groups = new Groups();

        // When a version loses two of six pairs of a group, and wins three of ten others
        groups.changed(new TreeMap<>(Map.of("refunds", new Change(6, 3, 2, 0))), new Change(16, 10, 2, 3));

        // Then
        Ledger ledger = groups.ledger(1);
        assertThat(ledger.groups().get("refunds").now()).isEqualTo(0.5);
        assertThat(ledger.groups().get("refunds").since()).isEqualTo(-2.0 / 6);
        assertThat(ledger.others().pairs()).isEqualTo(10);
        assertThat(ledger.others().now()).isEqualTo(0.7);
        assertThat(ledger.others().since()).isEqualTo(0.3);
    }

    @Test
    void aGroupThatIsLearnedAgainBeginsAnew() {
        // Given
        Groups groups = new Groups();
        groups.changed(new TreeMap<>(Map.of("refunds", new Change(4, 2, 1, 0), "delivery", STILL)), STILL);

        // When
        groups.learned(List.of(Pairs.grouped("1", "q", "d", "refunds"), Pairs.pair("2", "x", "y")), 7);

        // Then
        Ledger ledger = groups.ledger(7);
        assertThat(ledger.groups().get("refunds").learned()).isEqualTo(7);
        assertThat(ledger.groups().get("refunds").since()).isZero();
        assertThat(ledger.groups().get("refunds").lost()).isEqualTo(0.25);
        assertThat(ledger.groups().get("delivery").learned()).isZero();
        assertThat(ledger.others().learned()).isEqualTo(7);
    }

    @Test
    void aGroupWithoutPairsLeavesTheLedger() {
        // Given
        Groups groups = new Groups();
        groups.changed(new TreeMap<>(Map.of("refunds", STILL, "delivery", STILL)), STILL);

        // When
        groups.changed(new TreeMap<>(Map.of("delivery", STILL)), STILL);

        // Then
        assertThat(groups.ledger(2).groups()).containsOnlyKeys("delivery");
    }

    private static List<Pair> pairs(int count) {
        return Collections.nCopies(count, Pairs.pair("1", "q", "d"));
    }
}
