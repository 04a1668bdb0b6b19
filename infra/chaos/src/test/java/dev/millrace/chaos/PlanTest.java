package dev.millrace.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.chaos.Blow.Outage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PlanTest {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    @Property(tries = 100)
    void aSeedIsAPlan(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 200) int kills,
            @ForAll @IntRange(max = 50) int outages) {
        // Given
        Settings settings = settings(seed, kills, outages, new Settings.Crew(2, 1, false));

        // When
        Plan plan = Plan.draw(settings);

        // Then
        assertThat(plan).isEqualTo(Plan.draw(settings));
        assertThat(plan.count(Blow.Kill.class)).isEqualTo(kills);
        assertThat(plan.count(Outage.class)).isEqualTo(outages);
        assertThat(plan.steps()).extracting(Plan.Step::after).isSorted().doesNotHaveDuplicates();
    }

    @Property(tries = 100)
    void everyPartIsKilledAndEachOutageIsAsLongAsAllowed(@ForAll long seed) {
        // When
        Plan plan = Plan.draw(settings(seed, 4, 4, new Settings.Crew(1, 0, false)));

        // Then
        assertThat(victims(plan, Blow.Kill.class))
                .containsExactlyInAnyOrder("trainer", "attribution", "encoder", "ingestion");
        assertThat(victims(plan, Outage.class)).containsExactlyInAnyOrder("kafka", "s3");
        assertThat(outages(plan)).extracting(Outage::manner).contains(Blow.Manner.REFUSING, Blow.Manner.SILENT);
        assertThat(outages(plan)).extracting(Outage::length).allSatisfy(length -> assertThat(length)
                .isBetween(Duration.ofSeconds(1), LONGEST));
    }

    @Property(tries = 100)
    void onlyTrainersAreHitWhenOthersAreSpared(@ForAll long seed) {
        // When
        Plan plan = Plan.draw(settings(seed, 60, 0, new Settings.Crew(2, 1, true)));

        // Then
        assertThat(victims(plan, Blow.class)).containsExactlyInAnyOrder("trainer", "trainer-2", "rival-1");
    }

    @Example
    void whatIsOutOfRangeIsRefusedByName() {
        assertThatThrownBy(() -> settings(1, -1, 0, new Settings.Crew(1, 0, false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--kills")
                .hasMessageContaining("0..10000");
    }

    private static Settings settings(long seed, int kills, int outages, Settings.Crew crew) {
        return new Settings(seed, kills, outages, LONGEST, crew);
    }

    private static Set<String> victims(Plan plan, Class<? extends Blow> kind) {
        return plan.steps().stream()
                .map(Plan.Step::blow)
                .filter(kind::isInstance)
                .map(Blow::victim)
                .collect(Collectors.toSet());
    }

    private static List<Outage> outages(Plan plan) {
        return plan.steps().stream()
                .map(Plan.Step::blow)
                .filter(Outage.class::isInstance)
                .map(Outage.class::cast)
                .toList();
    }
}
