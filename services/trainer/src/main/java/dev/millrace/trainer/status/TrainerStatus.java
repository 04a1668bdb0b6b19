package dev.millrace.trainer.status;

import dev.millrace.checkpoints.version.Decision;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.trainer.learning.state.DocumentChanges;
import dev.millrace.trainer.stream.Backlog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/** What health checks, metrics and the log say of the trainer. */
public final class TrainerStatus {
    private static final Logger LOG = Logger.getLogger(TrainerStatus.class);

    private final MeterRegistry meters;
    private final Pulse pulse;
    private final LedgerStatus ledger;
    private final HeadStatus head;
    private final AtomicReference<Optional<String>> version = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<String>> failure = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<String>> standstill = new AtomicReference<>(Optional.empty());
    private final Map<String, String> behind = new ConcurrentSkipListMap<>();
    private final AtomicInteger refusedInARow = new AtomicInteger();
    private final AtomicInteger documents = new AtomicInteger();

    public TrainerStatus(MeterRegistry meters, Pulse pulse) {
        this.meters = meters;
        this.pulse = pulse;
        ledger = new LedgerStatus(meters);
        head = new HeadStatus(meters);
        meters.gauge("millrace.trainer.refused.in.a.row", refusedInARow);
        meters.gauge("millrace.trainer.documents.kept", documents);
        meters.gauge(
                "millrace.trainer.standstill",
                standstill,
                reason -> reason.get().isPresent() ? 1 : 0);
        meters.gauge("millrace.trainer.behind", behind, Map::size);
    }

    public Pulse pulse() {
        return pulse;
    }

    public LedgerStatus ledger() {
        return ledger;
    }

    public HeadStatus head() {
        return head;
    }

    /** How far behind the stream this trainer is, by the clock of its records. */
    public void watch(Backlog backlog, InstantSource clock) {
        BacklogStatus.register(meters, backlog, clock);
    }

    public void at(String head) {
        version.set(Optional.of(head));
        failure.set(Optional.empty());
    }

    public void failed(RuntimeException reason) {
        failure.set(Optional.of(String.valueOf(reason.getMessage())));
        counter("millrace.trainer.failures").increment();
    }

    /** Whether the stream stands still since window after window could not be learned. */
    public void standstill(Optional<String> reason) {
        standstill.set(reason);
    }

    /**
     * Something that follows a version was not done, such as moving a channel; what was learned is safe all the same.
     */
    public void behind(String task, RuntimeException reason) {
        behind.put(task, String.valueOf(reason.getMessage()));
        meters.counter("millrace.trainer.afterwards.failures", "task", task).increment();
        LOG.warnf(reason, "%s was not done, and is tried again: %s", task, reason.getMessage());
    }

    /** It is done now. */
    public void caughtUp(String task) {
        behind.remove(task);
    }

    /** What is to be tried again, and why it was not done. */
    public Map<String, String> behind() {
        return Map.copyOf(behind);
    }

    public void taughtNothing(int pairs) {
        counter("millrace.trainer.windows.without.lesson").increment();
        LOG.warnf(
                "a window of %d pairs taught nothing: its gradients are as good as 0, as where all pairs are the same"
                        + " or of one group",
                pairs);
    }

    public void documents(DocumentChanges read, int kept) {
        documents.set(kept);
        count("millrace.trainer.documents.read", read.changes().size());
        count("millrace.trainer.documents.setaside", read.setAside());
        if (read.changes().size() + read.setAside() > 0) {
            LOG.infof(
                    "%d documents written or deleted, %d set aside; %d are there to mine from",
                    read.changes().size(), read.setAside(), kept);
        }
    }

    /** A share of a round was brought, of so many bytes. */
    public void brought(long bytes) {
        counter("millrace.trainer.round.shares").increment();
        count("millrace.trainer.round.bytes", bytes);
    }

    /** Between a share and what became of it. */
    public void waitedForOthers(Duration time) {
        timer("millrace.trainer.round.waiting").record(time);
    }

    public void published(Manifest manifest, Duration learning, Duration publishing) {
        at(manifest.version());
        counter("millrace.trainer.windows").increment();
        judged(manifest.decision().map(Decision::trusted).orElse(true));
        count("millrace.trainer.pairs.trained", manifest.records().trained());
        count("millrace.trainer.pairs.duplicates", manifest.records().duplicates());
        count("millrace.trainer.pairs.heldout", manifest.records().heldOut());
        count("millrace.trainer.pairs.setaside", manifest.records().setAside());
        timer("millrace.trainer.learning").record(learning);
        timer("millrace.trainer.publishing").record(publishing);
        LOG.infof(
                "published %s: %d trained, held-out hit@1 %s, drift %.3f, learned in %d ms, published in %d ms",
                manifest.version(),
                manifest.records().trained(),
                hitAt1(manifest),
                drift(manifest),
                learning.toMillis(),
                publishing.toMillis());
    }

    /** A stream of bare texts has none. */
    private static String hitAt1(Manifest manifest) {
        return Optional.ofNullable(manifest.evaluation().get("hit@1"))
                .map("%.3f"::formatted)
                .orElse("none");
    }

    private void judged(boolean trusted) {
        meters.counter("millrace.trainer.versions", "gate", trusted ? "trusted" : "refused")
                .increment();
        refusedInARow.updateAndGet(before -> trusted ? 0 : before + 1);
    }

    public Optional<String> version() {
        return version.get();
    }

    /** Why the trainer does not learn at present. */
    public Optional<String> failure() {
        return failure.get().or(standstill::get);
    }

    private static double drift(Manifest manifest) {
        return manifest.decision()
                .map(decision -> decision.bounds().get("drift").figure())
                .orElse(0.0);
    }

    private void count(String name, long records) {
        counter(name).increment((double) records);
    }

    private Counter counter(String name) {
        return meters.counter(name);
    }

    private Timer timer(String name) {
        return meters.timer(name);
    }
}
