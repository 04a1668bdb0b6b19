package dev.millrace.trainer.learning.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.trainer.learning.evaluate.Change;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final int PAIRS = 20;

    @Test
    void aGroupsQualityIsTheRecordOfWhatBecameOfIt() {
        // Given a group found at 16 of 20 in window 1, where it was learned, at 18 in the next, and at 13 in the third
        Account account = Account.NONE
                .with(change(4, 16))
                .learnedIn(1)
                .with(change(16, 18))
                .with(change(18, 13));

        // When
        Ledger ledger = new Ledger(new TreeMap<>(Map.of("refunds", account)), Account.NONE, 3);

        // Then
        JsonNode entry = ledger.json().at("/groups/0");
        assertThat(entry.path("group").asText()).isEqualTo("refunds");
        assertThat(entry.path("learnedIn").asInt()).isEqualTo(1);
        assertThat(entry.path("whenLearned").asDouble()).isCloseTo(0.8, offset(1e-9));
        assertThat(entry.path("best").asDouble()).isCloseTo(0.9, offset(1e-9));
        assertThat(entry.path("now").asDouble()).isCloseTo(0.65, offset(1e-9));
        assertThat(entry.path("forgetting").asDouble()).isCloseTo(0.25, offset(1e-9));
        assertThat(entry.path("backwardTransfer").asDouble()).isCloseTo(-0.15, offset(1e-9));
    }

    /** Chaudhry's forgetting and Lopez-Paz and Ranzato's transfer, straight from the table of all qualities. */
    @Property(tries = 200)
    void whatIsAddedUpIsWhatTheWholeTableSays(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(max = PAIRS) Integer> hits,
            @ForAll @IntRange(max = 11) int learned) {
        // Given
        int last = Math.min(learned, hits.size() - 1);
        Account account = Account.NONE;
        for (int i = 0; i < hits.size(); i++) {
            account = account.with(change(i == 0 ? 0 : hits.get(i - 1), hits.get(i)));
            account = i == last ? account.learnedIn(i + 1) : account;
        }

        // When
        Account kept = account;

        // Then
        int best = Collections.max(hits);
        int now = hits.get(hits.size() - 1);
        assertThat(kept.lost()).isCloseTo((double) (best - now) / PAIRS, offset(1e-9));
        assertThat(kept.best()).isCloseTo((double) best / PAIRS, offset(1e-9));
        assertThat(kept.since()).isCloseTo((double) (now - hits.get(last)) / PAIRS, offset(1e-9));
        assertThat(kept.whenLearned()).isCloseTo((double) hits.get(last) / PAIRS, offset(1e-9));
    }

    @Test
    void figuresAreMeansOverPairsOfThoseThatHaveSomethingToSay() {
        // Given one that was learned in the newest window, one before, one never, and one without pairs
        SortedMap<String, Account> groups = new TreeMap<>(Map.of(
                "newest", new Account(10, 5, 0.2, 0, 4),
                "before", new Account(30, 5, 0.1, -0.1, 2),
                "never", new Account(20, 5, 0, 0.5, 0),
                "gone", new Account(0, 0, 0.9, 0.9, 1)));

        // When
        Ledger ledger = new Ledger(groups, new Account(10, 4, 0.2, 0.3, 1), 4);

        // Then
        assertThat(ledger.figures()).containsOnlyKeys("forgetting", "backward-transfer");
        assertThat(ledger.figures().get("forgetting")).isCloseTo((10 * 0.2 + 30 * 0.1 + 10 * 0.2) / 70, offset(1e-9));
        assertThat(ledger.figures().get("backward-transfer")).isCloseTo((30 * -0.1 + 10 * 0.3) / 40, offset(1e-9));
        assertThat(ledger.json().path("groups").findValuesAsText("group"))
                .containsExactly("gone", "newest", "before", "never");
    }

    @Test
    void whereNothingIsHeldOutNothingIsSaid() {
        // When
        Ledger ledger = new Ledger(new TreeMap<>(), Account.NONE, 2);

        // Then
        assertThat(ledger.figures()).isEmpty();
        assertThat(ledger.mostForgotten()).isEmpty();
    }

    private static Change change(int before, int after) {
        return new Change(PAIRS, after, Math.max(0, before - after), Math.max(0, after - before));
    }
}
