package dev.millrace.trainer.learning.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.trainer.learning.evaluate.Change;
import dev.millrace.trainer.learning.evaluate.GroupStanding;
import dev.millrace.trainer.learning.gate.GroupRule.Verdict;
import dev.millrace.trainer.testing.Configs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is seen of groups with few pairs, and how often a loss that is none: simulated, by fixed seeds. */
class GroupRuleTest {
    private static final int RUNS = 30;
    private static final int VERSIONS = 30;
    private static final int WARM = 10;

    /** As configured by default. */
    private static final double FALSE_ALARMS = 0.01;

    private final GroupRule rule = new GroupRule(Configs.gate());
    private SortedMap<String, GroupStanding> known;

    @BeforeEach
    void nothingIsKnown() {
        known = new TreeMap<>();
    }

    @ParameterizedTest
    @CsvSource({"20, 1024, 0", "20, 1024, 0.2", "20, 512, 0", "77, 512, 0.2", "8, 512, 0"})
    void versionsThatLoseNothingAreRefusedNoMoreOftenThanStated(int groups, int pairs, double together) {
        // When
        long refused = IntStream.range(0, RUNS)
                .mapToLong(run -> {
                    nothingIsKnown();
                    SimulatedHits hits = new SimulatedHits(run, even(groups, pairs), together);
                    return IntStream.range(0, VERSIONS)
                            .filter(version -> !refused(hits).isEmpty())
                            .count();
                })
                .sum();

        // Then
        assertThat((double) refused / (RUNS * VERSIONS)).isLessThanOrEqualTo(FALSE_ALARMS);
    }

    @ParameterizedTest
    @CsvSource({"1024, 0, 0.9", "1024, 0.2, 0.9", "512, 0, 0.6"})
    void aGroupOfATwentiethOfThePairsThatLosesAFifthIsSeenAtOnce(int pairs, double together, double seen) {
        // When
        long found = IntStream.range(0, RUNS)
                .filter(run -> {
                    nothingIsKnown();
                    SimulatedHits hits = new SimulatedHits(run, even(20, pairs), together);
                    IntStream.range(0, WARM).forEach(version -> refused(hits));
                    hits.forget("group7", 0.2);
                    return refused(hits).contains("group7");
                })
                .count();

        // Then
        assertThat((double) found / RUNS).isGreaterThanOrEqualTo(seen);
    }

    @Test
    void aSlowDeclineOfAGroupIsSeenBeforeAThirdIsLost() {
        // When a group loses one point of hit@1 a version, which never is more than chance may do
        List<Integer> seen = IntStream.range(0, RUNS)
                .mapToObj(run -> {
                    nothingIsKnown();
                    SimulatedHits hits = new SimulatedHits(run, even(20, 1024), 0);
                    return IntStream.rangeClosed(1, 50)
                            .filter(version -> {
                                double asked = SimulatedHits.asking(0.01 * version);
                                hits.next(group -> group.equals("group7") ? asked : 0);
                                return judged(hits).contains("group7");
                            })
                            .findFirst()
                            .orElse(Integer.MAX_VALUE);
                })
                .toList();

        // Then
        assertThat(seen).allSatisfy(version -> assertThat(version).isLessThan(45));
        assertThat(seen.stream().sorted().toList().get(RUNS / 2)).isLessThan(33);
    }

    @Test
    void aGroupIsRefusedUntilItHasWonBackWhatWasTooMuch() {
        // Given a group that loses a half, while elsewhere ten come and ten go
        List<Boolean> kept = new ArrayList<>();

        // When it stays so for long, wins a little, and then the rest
        for (Change change : List.of(
                new Change(20, 5, 10, 0),
                new Change(20, 5, 0, 0),
                new Change(20, 6, 1, 2),
                new Change(20, 6, 0, 0),
                new Change(20, 15, 0, 9))) {
            kept.add(judge(change).bound().kept());
        }

        // Then
        assertThat(kept).containsExactly(false, false, false, false, true);
        assertThat(known.get("refunds").refusedUntil()).isEmpty();
    }

    @Test
    void severalGroupsThatLoseAreSeenWhereOneAloneWouldNotBe() {
        // Given
        Change loses = new Change(20, 10, 4, 0);
        Change still = new Change(20, 14, 0, 0);
        SortedMap<String, Change> one = new TreeMap<>();
        IntStream.range(0, 40).forEach(i -> one.put("group" + i, i == 0 ? loses : still));
        SortedMap<String, Change> several = new TreeMap<>();
        IntStream.range(0, 40).forEach(i -> several.put("group" + i, i < 12 ? loses : still));
        Change others = new Change(1200, 800, 25, 25);

        // When
        Verdict alone = rule.judge(one, others, Map.of()).get("group0");
        Verdict among = rule.judge(several, others, Map.of()).get("group0");

        // Then
        assertThat(alone.bound().kept()).isTrue();
        assertThat(among.bound().kept()).isFalse();
    }

    @Test
    void ofAHandfulOfPairsNothingIsSaidByThemselves() {
        // When all four pairs are lost
        Verdict verdict = judge(new Change(4, 0, 4, 0));

        // Then
        assertThat(verdict.bound().kept()).isTrue();
        assertThat(known.get("refunds").deficit().lost()).isEqualTo(1);
    }

    private Verdict judge(Change change) {
        Change all = new Change(change.pairs() + 1000, change.found() + 700, change.lost() + 10, change.won() + 10);
        Verdict verdict =
                rule.judge(new TreeMap<>(Map.of("refunds", change)), all, known).get("refunds");
        known.put("refunds", verdict.bound().kept() ? verdict.trusted() : verdict.refused());
        return verdict;
    }

    /** Groups that are refused in the next version, in which nothing changes but by chance. */
    private List<String> refused(SimulatedHits hits) {
        hits.next(group -> 0);
        return judged(hits);
    }

    private List<String> judged(SimulatedHits hits) {
        SortedMap<String, Verdict> verdicts = rule.judge(hits.changes(), hits.all(), known);
        List<String> refused = verdicts.entrySet().stream()
                .filter(group -> !group.getValue().bound().kept())
                .map(Map.Entry::getKey)
                .toList();
        verdicts.forEach(
                (group, verdict) -> known.put(group, refused.isEmpty() ? verdict.trusted() : verdict.refused()));
        return refused;
    }

    private static List<String> even(int groups, int pairs) {
        return IntStream.range(0, pairs).mapToObj(i -> "group" + i % groups).toList();
    }
}
