package dev.millrace.devstack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.devstack.demo.data.Chapter;
import dev.millrace.devstack.demo.data.Dataset;
import dev.millrace.devstack.demo.data.Example;
import dev.millrace.devstack.demo.measure.HeldOutMeasure;
import dev.millrace.devstack.demo.measure.Quality;
import dev.millrace.devstack.demo.measure.Questions;
import dev.millrace.devstack.demo.measure.VersionRow;
import dev.millrace.devstack.demo.report.QualityPage;
import dev.millrace.devstack.demo.report.Report;
import dev.millrace.devstack.demo.report.ReportJson;
import dev.millrace.devstack.demo.report.Tables;
import dev.millrace.devstack.demo.stack.Traffic;
import dev.millrace.devstack.demo.traffic.Freshness;
import dev.millrace.devstack.demo.traffic.Percentiles;
import dev.millrace.devstack.demo.traffic.SimulatedUser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    private static final int WINDOW = 100;
    private static final List<Example> HELD_OUT = examples("held out", 40);
    private static final Chapter ONE = new Chapter("one", examples("one", 250));
    private static final Chapter TWO = new Chapter("two", examples("two", 250));

    @TempDir
    private Path files;

    private static List<Example> examples(String what, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Examples.of(what + " query " + i, what + " document " + i))
                .toList();
    }

    @Test
    void measuresEveryVersionThatTheStreamBringsIntoService() throws IOException, InterruptedException {
        // Given
        Dataset data = new Dataset("test", List.of(ONE, TWO), HELD_OUT, List.of());
        List<Example> all = Stream.of(HELD_OUT, ONE.examples(), TWO.examples())
                .flatMap(List::stream)
                .toList();
        List<String> screen = new ArrayList<>();
        RunPlan plan = new RunPlan(
                WINDOW,
                1000,
                new RunPlan.Limit(Duration.ofMinutes(2), Duration.ZERO),
                1,
                new Goal(0.5, FakeStack.LESSONS));

        // When
        Report report;
        FakeStack stack = new FakeStack(all, WINDOW, files);
        try (stack) {
            report = new Demo(stack.platform(), data, plan, screen::add, Instant.now()).run();
        }

        // Then
        assertThat(plan.goal().missing(report)).isEmpty();
        assertThat(report.versions()).extracting(VersionRow::pairs).containsExactly(0L, 100L, 200L, 300L, 400L);
        assertThat(report.versions()).extracting(row -> row.quality().hitAt(1)).isSortedAccordingTo(Double::compare);
        assertThat(report.last().quality().hitAt(1)).isEqualTo(1.0);
        assertThat(report.sent().pairs()).isEqualTo(450);
        assertThat(stack.posted()).containsEntry("/v1/impressions", 50);
        assertThat(report.sent().clicks()).isPositive().isEqualTo((long)
                stack.posted().get("/v1/clicks"));
        assertThat(report.speed().freshness().seconds().sorted()).hasSize(10).allMatch(seconds -> seconds < 60);
        assertThat(report.speed().freshness().unserved())
                .as("in the last half window")
                .isEqualTo(2);
        assertThat(report.speed().reloadMillis().sorted()).hasSize(4);
        assertThat(screen).anyMatch(line -> line.contains(SimulatedUser.statement()));
        assertReadableByScripts(ReportJson.of(report, List.of()));
        assertThat(QualityPage.html(report))
                .contains("hit@1", "noMatch", "<svg", "v000004")
                .doesNotContain("NaN");
        assertThat(Tables.of(report)).anyMatch(line -> line.contains("v000004"));
    }

    private static void assertReadableByScripts(JsonNode json) {
        assertThat(json.at("/versions")).hasSize(5).allSatisfy(version -> {
            for (String key :
                    List.of("hit@1", "hit@2", "hit@3", "hit@4", "hit@5", "noMatch", "pairs", "secondsSinceStart")) {
                assertThat(version.get(key).isNumber()).as(key).isTrue();
            }
            assertThat(version.get("version").isTextual()).isTrue();
            assertThat(version.at("/domains/all/hit@1").isNumber()).isTrue();
        });
        assertThat(json.get("candidates").asInt()).isEqualTo(HELD_OUT.size());
        for (String key : List.of(
                "/freshnessSeconds/p50",
                "/freshnessSeconds/p95",
                "/requests",
                "/failures",
                "/reloadMillis/p50",
                "/reloadMillis/max",
                "/seconds")) {
            assertThat(json.at(key).isNumber()).as(key).isTrue();
        }
    }

    @Test
    void saysWhatIsMissing() {
        // Given a run without a trained version, and with a failure
        Traffic traffic = new Traffic();
        traffic.failed("POST /v1/embeddings: 500");
        Quality quality = new Quality(List.of(0.4, 0.5, 0.6, 0.7, 0.8), 10);
        VersionRow row = new VersionRow("v0", new HeldOutMeasure.Result(quality, Map.of()), 0, 1);
        Report report = new Report(
                new Dataset("test", List.of(), HELD_OUT, List.of()),
                Questions.of(HELD_OUT, 10),
                List.of(row),
                new Report.Sent(0, 0, 0),
                new Report.Speed(new Freshness.Result(new Percentiles(List.of()), 0), new Percentiles(List.of()), 5),
                traffic);

        // When
        List<String> missing = Goal.ofUsersData().missing(report);

        // Then
        assertThat(missing).hasSize(3);
        assertThat(missing.get(0)).contains("hit@1", "more than");
        assertThat(missing.get(1)).contains("0 trained versions");
        assertThat(missing.get(2)).contains("1 requests failed", "500");
        assertThat(ReportJson.of(report, missing).at("/freshnessSeconds/p50").isMissingNode())
                .isTrue();
    }
}
