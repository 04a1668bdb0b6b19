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
import org.junit.jupiter.api.Test;

/** A short run of faults over the real stack in which every part of it is killed once. */
class ChaosTest {
    private static final Settings SETTINGS =
            new Settings(7, 4, 2, Duration.ofSeconds(3), new Settings.Targets(1, 0, false));

    @Test
    void nothingIsLostAndNothingLearnedTwiceWhateverIsKilled() throws InterruptedException {
        // Given
        Path root = Home.find().root();
        StackOptions options =
                StackOptions.in(root.resolve("infra/chaos/target/stacks/short")).withS3(S3Kind.ofBuild(root));

        // When
        Report report;
        try (DevStack stack = DevStack.start(ChaosStack.equip(options, SETTINGS), Screen.stdout())) {
            report = new Chaos(SETTINGS, stack, Screen.stdout()).run();
        }

        // Then
        assertThat(report.wrong()).isEmpty();
        assertThat(report.comparison().versions()).isGreaterThan(3);
        assertThat(report.audit().records().duplicates()).isPositive();
        assertThat(report.audit().records().setAside()).isPositive();
        assertThat(killed(report.plan()))
                .containsExactlyInAnyOrder("ingestion", "attribution", "trainer", "encoder", "kafka", "s3");
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
