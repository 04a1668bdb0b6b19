package dev.millrace.chaos.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.chaos.plan.Fault.Outage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FaultPlanTest {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    @Property(tries = 100)
    void aSeedIsAPlan(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 200) int kills,
            @ForAll @IntRange(max = 50) int outages) {
        // Given
        Settings settings = settings(seed, kills, outages, new Settings.Targets(2, 1, 1, false));

        // When
        FaultPlan plan = FaultPlan.draw(settings);

        // Then
        assertThat(plan).isEqualTo(FaultPlan.draw(settings));
        assertThat(plan.count(Fault.Kill.class)).isEqualTo(kills);
        assertThat(plan.count(Outage.class)).isEqualTo(outages);
        assertThat(plan.count(Fault.Scale.class)).isEqualTo(3);
        assertThat(plan.steps()).extracting(FaultPlan.Step::after).isSorted().doesNotHaveDuplicates();
    }

    @Property(tries = 100)
    void everyPartIsKilledAndEachOutageIsAsLongAsAllowed(@ForAll long seed) {
        // When
        FaultPlan plan = FaultPlan.draw(settings(seed, 4, 4, new Settings.Targets(1, 1, 0, false)));

        // Then
        assertThat(victims(plan, Fault.Kill.class))
                .containsExactlyInAnyOrder("trainer", "attribution", "encoder", "ingestion");
        assertThat(victims(plan, Outage.class)).containsExactlyInAnyOrder("kafka", "s3");
        assertThat(outages(plan)).extracting(Outage::manner).contains(Fault.Manner.REFUSING, Fault.Manner.SILENT);
        assertThat(outages(plan)).extracting(Outage::length).allSatisfy(length -> assertThat(length)
                .isBetween(Duration.ofSeconds(1), LONGEST));
    }

    @Property(tries = 100)
    void onlyTrainersAreHitWhenOthersAreSpared(@ForAll long seed) {
        // When
        FaultPlan plan = FaultPlan.draw(settings(seed, 60, 0, new Settings.Targets(2, 1, 1, true)));

        // Then
        assertThat(victims(plan, Fault.class)).containsExactlyInAnyOrder("trainer", "trainer-2", "rival-1");
    }

    @Example
    void whatIsOutOfRangeIsRefusedByName() {
        assertThatThrownBy(() -> settings(1, -1, 0, new Settings.Targets(1, 1, 0, false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--kills")
                .hasMessageContaining("0..10000");
    }

    private static Settings settings(long seed, int kills, int outages, Settings.Targets targets) {
        return new Settings(seed, new Settings.Faults(kills, 3, outages, LONGEST), targets);
    }

    private static Set<String> victims(FaultPlan plan, Class<? extends Fault> kind) {
        return plan.steps().stream()
                .map(FaultPlan.Step::fault)
                .filter(kind::isInstance)
                .map(Fault::victim)
                .collect(Collectors.toSet());
    }

    private static List<Outage> outages(FaultPlan plan) {
        return plan.steps().stream()
                .map(FaultPlan.Step::fault)
                .filter(Outage.class::isInstance)
                .map(Outage.class::cast)
                .toList();
    }
}
