package dev.millrace.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.chaos.plan.ChaosStack;
import dev.millrace.chaos.plan.Fault;
import dev.millrace.chaos.plan.FaultPlan;
import dev.millrace.chaos.plan.Settings;
import dev.millrace.chaos.verdict.Report;
import dev.millrace.devstack.DevStack;
import dev.millrace.devstack.options.Home;
import dev.millrace.devstack.options.S3Kind;
import dev.millrace.devstack.options.StackOptions;
import dev.millrace.devstack.process.Screen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Short runs of faults over the real stack, and whether anything was lost or learned twice. */
@Tag("faults")
class ChaosTest {
    private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(3);
    private static final Settings.Targets ALL = new Settings.Targets(1, 1, 0, false);

    @Test
    void nothingIsLostAndNothingLearnedTwiceWhereATrainerAServiceAndTheBrokerDie() throws InterruptedException {
        // When
        Report report = run(new Settings(7, new Settings.Faults(2, 0, 1, LONGEST_OUTAGE), ALL), "short");

        // Then
        assertNothingIsLostOrLearnedTwice(report);
        assertThat(killed(report.plan())).containsExactlyInAnyOrder("attribution", "trainer", "kafka");
    }

    @Test
    void nothingIsLostAndNothingLearnedTwiceWhereTrainersWhoLearnTogetherDie() throws InterruptedException {
        // Given a plan that spares two of three, so that there are always some who learn together
        Settings settings =
                new Settings(7, new Settings.Faults(2, 1, 0, LONGEST_OUTAGE), new Settings.Targets(3, 6, 0, true));

        // When
        Report report = run(settings, "together");

        // Then
        assertThat(report.wrong()).isEmpty();
        assertThat(report.run().trainers().together()).isPositive();
        assertThat(report.comparison()).isEmpty();
    }

    @Test
    @Tag("soak")
    void nothingIsLostAndNothingLearnedTwiceWhateverIsKilled() throws InterruptedException {
        // When
        Report report = run(new Settings(7, new Settings.Faults(4, 0, 2, LONGEST_OUTAGE), ALL), "all");

        // Then
        assertNothingIsLostOrLearnedTwice(report);
        assertThat(killed(report.plan()))
                .containsExactlyInAnyOrder("ingestion", "attribution", "trainer", "encoder", "kafka", "s3");
    }

    private static Report run(Settings settings, String name) throws InterruptedException {
        Path root = Home.find().root();
        StackOptions options = StackOptions.in(root.resolve("infra/chaos/target/stacks/" + name))
                .withS3(S3Kind.ofBuild(root));
        try (DevStack stack = DevStack.start(ChaosStack.equip(options, settings), Screen.stdout())) {
            return new Chaos(settings, stack, Screen.stdout()).run();
        }
    }

    private static void assertNothingIsLostOrLearnedTwice(Report report) {
        assertThat(report.wrong()).isEmpty();
        assertThat(report.comparison().orElseThrow().versions()).isGreaterThan(2);
        assertThat(report.audit().records().duplicates()).isPositive();
        assertThat(report.audit().records().setAside()).isPositive();
    }

    private static Set<String> killed(FaultPlan plan) {
        return plan.steps().stream()
                .map(FaultPlan.Step::fault)
                .filter(fault -> fault instanceof Fault.Kill
                        || (fault instanceof Fault.Outage outage && outage.manner() == Fault.Manner.REFUSING))
                .map(Fault::victim)
                .collect(Collectors.toSet());
    }
}
