package dev.millrace.devstack.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.devstack.demo.data.Dataset;
import dev.millrace.devstack.demo.measure.HeldOutMeasure;
import dev.millrace.devstack.demo.measure.Quality;
import dev.millrace.devstack.demo.measure.Questions;
import dev.millrace.devstack.demo.measure.VersionRow;
import dev.millrace.devstack.demo.stack.Traffic;
import dev.millrace.devstack.demo.traffic.Freshness;
import dev.millrace.devstack.demo.traffic.Percentiles;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TablesTest {
    @Test
    void aRunInWhichNothingWasServedInTimeSaysSo() {
        // Given
        Quality quality = new Quality(List.of(.3, .4, .5, .5, .6), 7);
        VersionRow base =
                new VersionRow("v000000-0badcafe", new HeldOutMeasure.Result(quality, Map.of("all", quality)), 0, 20);
        Report report = new Report(
                new Dataset("data", List.of(), List.of(), List.of()),
                Questions.of(List.of(), 1),
                List.of(base),
                new Report.Sent(40, 4, 2),
                new Report.Speed(new Freshness.Result(new Percentiles(List.of()), 5), new Percentiles(List.of()), 120),
                new Traffic());

        // When
        List<String> lines = Tables.of(report);

        // Then
        assertThat(lines)
                .contains("freshness  no marked pair was served by a version that learned it", "reloads    none")
                .noneMatch(line -> line.contains("NaN"));
    }
}
