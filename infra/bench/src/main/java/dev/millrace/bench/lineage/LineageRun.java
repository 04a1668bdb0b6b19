package dev.millrace.bench.lineage;

import dev.millrace.admin.audit.AuditCommand;
import dev.millrace.admin.versions.VersionsCommand;
import dev.millrace.devstack.process.Screen;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/**
 * Grows a lineage and measures at some lengths: each publication of a whole turn from summary to summary, and, where most versions
 * came since the last one, what an operator asks.
 */
final class LineageRun {
    /** From one summary to the next. */
    private static final int TURN = 256;

    private static final int TIMES = 5;

    /** How many are published before it is measured: more than retention keeps, and than an audit reads. */
    private static final int AHEAD = TURN;

    private static final double MILLIS = 1e6;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final SyntheticLineage lineage;
    private final CountedBucket bucket;
    private final Screen screen;
    private final List<Cost> costs = new ArrayList<>();

    LineageRun(SyntheticLineage lineage, CountedBucket bucket, Screen screen) {
        this.lineage = lineage;
        this.bucket = bucket;
        this.screen = screen;
    }

    /** The costs at these lengths, which are in order. */
    List<Cost> measure(List<Long> lengths) throws IOException {
        for (long length : lengths) {
            grow(length);
            turn(length);
            screen.line(String.format("%,d versions measured", length));
        }
        return costs;
    }

    private void grow(long length) throws IOException {
        while (lineage.versions() < length - AHEAD) {
            lineage.plant();
            lineage.summarize();
        }
        while (lineage.versions() < length) {
            lineage.write();
            lineage.publish();
            lineage.summarize();
            lineage.retain();
        }
    }

    private void turn(long length) throws IOException {
        Map<String, List<Cost.Once>> times = new TreeMap<>();
        for (int i = 0; i < TURN; i++) {
            lineage.write();
            add(times, "publish", lineage::publish);
            if (lineage.versions() % TURN == 0) {
                ask(times);
            }
            add(times, "summarize", lineage::summarize);
            add(times, "retain", lineage::retain);
        }
        times.forEach((work, each) -> costs.add(Cost.of(work, length, each)));
    }

    /** Right before the next summary. */
    private void ask(Map<String, List<Cost.Once>> times) {
        for (int i = 0; i < TIMES; i++) {
            add(times, "audit", () -> run(new AuditCommand(new OneBucket(bucket).options()), "--no-topic"));
            add(times, "versions", () -> run(new VersionsCommand(new OneBucket(bucket).options())));
        }
    }

    private static void run(Object command, String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine line = new CommandLine(command);
        line.setOut(new PrintWriter(out));
        int code = line.execute(arguments);
        if (code != 0) {
            throw new IllegalStateException(line.getCommandName() + " ends with " + code + ": " + out);
        }
    }

    private void add(Map<String, List<Cost.Once>> times, String work, Runnable once) {
        Calls before = bucket.calls();
        long began = System.nanoTime();
        long computed = THREADS.getCurrentThreadCpuTime();
        once.run();
        double processor = (THREADS.getCurrentThreadCpuTime() - computed) / MILLIS;
        double took = (System.nanoTime() - began) / MILLIS;
        times.computeIfAbsent(work, first -> new ArrayList<>())
                .add(new Cost.Once(bucket.calls().since(before), took, processor));
    }
}
