package dev.millrace.trainer;

import dev.millrace.checkpoints.bucket.BucketUnavailableException;
import dev.millrace.trainer.lineage.LineageStore;
import dev.millrace.trainer.lineage.LineageStore.Position;
import dev.millrace.trainer.lineage.Publishing;
import dev.millrace.trainer.stream.PairsLog;
import dev.millrace.trainer.stream.Window;
import dev.millrace.trainer.stream.WindowBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Gathers windows from the stream where the lineage stands, and looks now and then whether it still stands there. */
final class WindowSource {
    private static final Logger LOG = Logger.getLogger(WindowSource.class);
    private static final Duration POLL = Duration.ofMillis(200);
    /** While nothing comes, some 5 s. */
    private static final int POLLS_BETWEEN_LOOKS = 25;

    private final PairsLog log;
    private final Supplier<WindowBuilder> windows;
    private final LineageStore lineage;
    private final Pulse pulse;
    private final StopSignal stop;

    WindowSource(PairsLog log, Supplier<WindowBuilder> windows, LineageStore lineage, Pulse pulse, StopSignal stop) {
        this.log = log;
        this.windows = windows;
        this.lineage = lineage;
        this.pulse = pulse;
        this.stop = stop;
    }

    /** Goes to where the position's version has read up to. */
    void startFrom(Position position) {
        log.startFrom(position.manifest().offsets());
    }

    /** Empty when partitions came or went, the head was moved, or the trainer is to stop: then it is to be begun anew. */
    Optional<Window> gather(Publishing publishing) {
        WindowBuilder window = windows.get();
        boolean whole = true;
        for (int poll = 1; whole && !window.isDue() && !stop.given(); poll++) {
            pulse.beat();
            publishing
                    .news()
                    .ifPresent(position -> log.commit(position.manifest().offsets()));
            whole = log.fill(window, POLL) && (poll % POLLS_BETWEEN_LOOKS != 0 || mayBeHead(publishing));
        }
        return whole && !stop.given() ? Optional.of(window.build()) : Optional.empty();
    }

    /** Whether the lineage still ends where the trainer stands; a version under way finds out by itself. */
    boolean isHead(Publishing publishing) {
        if (publishing.underWay()) {
            return true;
        }
        Position settled = publishing.settled();
        boolean head = lineage.isHead(settled);
        if (!head) {
            LOG.infof(
                    "another trainer moved the head on from %s, or a person moved it back: going on from there",
                    settled.manifest().version());
        }
        return head;
    }

    /** A bucket that is away says nothing; whoever publishes finds out. */
    private boolean mayBeHead(Publishing publishing) {
        try {
            return publishing.underWay() || lineage.isHead(publishing.settled());
        } catch (BucketUnavailableException e) {
            LOG.debug("the head was not looked at", e);
            return true;
        }
    }
}
