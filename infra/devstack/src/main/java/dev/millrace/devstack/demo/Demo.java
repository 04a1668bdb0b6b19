package dev.millrace.devstack.demo;

import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.client.failure.ClientException;
import dev.millrace.devstack.demo.data.Dataset;
import dev.millrace.devstack.demo.measure.Questions;
import dev.millrace.devstack.demo.measure.VersionMeasure;
import dev.millrace.devstack.demo.measure.VersionRow;
import dev.millrace.devstack.demo.report.Report;
import dev.millrace.devstack.demo.traffic.Backlog;
import dev.millrace.devstack.demo.traffic.Freshness;
import dev.millrace.devstack.demo.traffic.Posting;
import dev.millrace.devstack.demo.traffic.Searchers;
import dev.millrace.devstack.demo.traffic.Searches;
import dev.millrace.devstack.demo.traffic.SimulatedUser;
import dev.millrace.devstack.demo.traffic.SteadyTraffic;
import dev.millrace.devstack.demo.traffic.Timeline;
import dev.millrace.devstack.process.Screen;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The story: measure version 0, post a drifting stream, and measure every version that the stream brings into service. */
final class Demo {
    private static final Duration QUIET = Duration.ofSeconds(6);
    private static final Duration TELL = Duration.ofSeconds(5);
    private static final long LOOK_AGAIN_MILLIS = 200;

    private final Platform platform;
    private final Dataset data;
    private final Questions questions;
    private final RunPlan plan;
    private final Narrator narrator;
    private final InstantSource clock = InstantSource.system();
    private final Timeline timeline = new Timeline();
    private final List<VersionRow> rows = new ArrayList<>();
    private final Settling settling = new Settling(QUIET);
    private final Set<String> tried = new HashSet<>();
    private final Instant begin;
    private final VersionMeasure measure;
    private final Searchers searchers;
    private final Posting posting;
    private final Backlog backlog;
    private volatile boolean reached;

    /** @param begin what all times of the report are counted from */
    Demo(Platform platform, Dataset data, RunPlan plan, Screen screen, Instant begin) {
        this.platform = platform;
        this.data = data;
        this.questions = Questions.of(data.heldOut(), plan.queries());
        this.plan = plan;
        this.begin = begin;
        this.narrator = new Narrator(screen, begin);
        this.measure = new VersionMeasure(platform.encoder(), questions);
        this.backlog = new Backlog(platform.log(), platform.versions());
        Searches searches = new Searches(platform.encoder(), new SimulatedUser(plan.seed()), clock);
        this.searchers = new Searchers(platform.ingestion(), searches);
        this.posting = new Posting(platform.ingestion(), searchers, backlog::records, plan.windowPairs(), clock);
    }

    Report run() throws InterruptedException {
        narrator.opening(data, questions);
        ExecutorService poster = Executors.newSingleThreadExecutor(task -> new Thread(task, "posting"));
        try (SteadyTraffic steady =
                new SteadyTraffic(platform.encoder(), questions.queryTexts(), RunPlan.STEADY, timeline, clock)) {
            steady.start();
            while (timeline.current().isEmpty() && clock.instant().isBefore(end())) {
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            }
            // Version 0 is measured while the first window is learned: it stays loaded under its name.
            follow(poster.submit(stream()));
        } finally {
            poster.shutdownNow();
            searchers.close();
        }
        return report();
    }

    private Callable<Void> stream() {
        return () -> {
            posting.post(data.chapters(), () -> end().minus(RunPlan.LAST_POST));
            return null;
        };
    }

    private void follow(Future<?> posted) throws InterruptedException {
        Instant told = clock.instant();
        while (clock.instant().isBefore(end().minus(RunPlan.LAST_MEASURE)) && !(ended(posted) && settled())) {
            measureNew();
            if (!clock.instant().isBefore(told.plus(TELL))) {
                told = clock.instant();
                narrator.progress(sent(), platform.versions().windows(), rows, served());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        }
        measureNew();
    }

    private Report.Sent sent() {
        return new Report.Sent(posting.pairs(), searchers.searched(), searchers.clicks());
    }

    private static boolean ended(Future<?> posted) throws InterruptedException {
        if (!posted.isDone()) {
            return false;
        }
        try {
            posted.get();
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException("posting broke off: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private boolean settled() {
        String head = platform.versions().head().map(Manifest::version).orElse("");
        return settling.settled(new Settling.State(backlog.records(), head, served()), clock.instant());
    }

    private String served() {
        return timeline.current().map(Timeline.Served::version).orElse("");
    }

    private void measureNew() throws InterruptedException {
        for (Timeline.Served served : timeline.served()) {
            if (tried.add(served.version())) {
                measure(served);
            }
        }
    }

    private void measure(Timeline.Served served) throws InterruptedException {
        try {
            VersionRow row = new VersionRow(
                    served.version(),
                    measure.measure(served.version()),
                    platform.versions().trained(served.version()),
                    seconds(served.since()));
            rows.add(row);
            reached = reached || plan.goal().reached(rows);
            narrator.measured(row);
        } catch (ClientException e) {
            narrator.missed(served.version(), e.getMessage());
        }
    }

    private Report report() {
        if (rows.isEmpty()) {
            throw new IllegalStateException("no version could be measured in time");
        }
        List<Freshness.Learned> learned = timeline.served().stream()
                .map(version -> new Freshness.Learned(
                        version.since(), platform.versions().offsets(version.version())))
                .toList();
        Freshness.Result freshness = Freshness.of(posting.marks(), platform.log(), learned);
        Report.Speed speed = new Report.Speed(freshness, timeline.reloadMillis(), seconds(clock.instant()));
        return new Report(data, questions, rows, sent(), speed, platform.traffic());
    }

    private double seconds(Instant at) {
        return Duration.between(begin, at).toMillis() / 1e3;
    }

    private Instant end() {
        return begin.plus(plan.limit().end(reached));
    }
}
