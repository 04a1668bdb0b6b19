package dev.millrace.trainer.loop;

import dev.millrace.checkpoints.bucket.BucketUnavailableException;
import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.trainer.lineage.LineageStore;
import dev.millrace.trainer.lineage.LineageStore.Position;
import dev.millrace.trainer.lineage.Publishing;
import dev.millrace.trainer.status.Pulse;
import dev.millrace.trainer.stream.PairsLog;
import dev.millrace.trainer.stream.Window;
import dev.millrace.trainer.stream.WindowBuilder;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Gathers windows from the stream where the lineage stands, and looks now and then whether both are still what they
 * were.
 */
final class WindowSource {
    private static final Logger LOG = Logger.getLogger(WindowSource.class);
    private static final Duration POLL = Duration.ofMillis(200);
    /** While nothing comes, some 5 s. */
    private static final int POLLS_BETWEEN_LOOKS = 25;

    private final PairsLog log;
    private final LineageStore lineage;
    private final TopicCheck topic;
    private final Pulse pulse;
    private final StopSignal stop;

    WindowSource(PairsLog log, LineageStore lineage, TopicCheck topic, Pulse pulse, StopSignal stop) {
        this.log = log;
        this.lineage = lineage;
        this.topic = topic;
        this.pulse = pulse;
        this.stop = stop;
    }

    /** What came of gathering. */
    sealed interface Found {}

    /** A window, and the topic as it was after the last record was read. */
    record Gathered(Window window, TopicIdentity topic) implements Found {}

    /** Partitions came or went, the head was moved, or the trainer is to stop: it is to be begun anew. */
    record Interrupted() implements Found {}

    /** What else is looked at while a window fills. */
    interface Watch {
        /** After every poll; whether what was waited for has come about. */
        boolean isOver();

        /** Every five seconds; whether the window may still be learned here. */
        boolean isCurrent();
    }

    /** Goes to where the position's version has read up to. */
    void startFrom(Position position) {
        topic.startFrom(position.manifest());
        topic.look();
        log.startFrom(position.manifest().offsets());
    }

    /**
     * Fills the window.
     *
     * @param quiet when nothing came for so long and no version is under way, a window without records is given; empty:
     *     never
     * @param watch whether gathering is to end before the window is full
     */
    Found gather(WindowBuilder window, Publishing publishing, Optional<Duration> quiet, Watch watch) {
        long quietPolls = quiet.map(time -> time.dividedBy(POLL)).orElse(Long.MAX_VALUE);
        for (int poll = 1; !stop.given(); poll++) {
            pulse.beat();
            publishing
                    .news()
                    .ifPresent(position -> log.commit(position.manifest().offsets()));
            if (!log.fill(window, POLL)) {
                return new Interrupted();
            }
            if (watch.isOver() || (poll % POLLS_BETWEEN_LOOKS == 0 && !isUndisturbed(watch))) {
                return new Interrupted();
            }
            boolean stillQuiet = poll >= quietPolls && window.isEmpty() && !publishing.underWay();
            if (window.isDue() || stillQuiet) {
                Optional<TopicIdentity> there = topic.look();
                if (there.isPresent()) {
                    return new Gathered(window.build(), there.get());
                }
                stop.await(POLL);
            }
        }
        return new Interrupted();
    }

    private boolean isUndisturbed(Watch watch) {
        topic.look();
        return watch.isCurrent();
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
    boolean mayBeHead(Publishing publishing) {
        try {
            return publishing.underWay() || lineage.isHead(publishing.settled());
        } catch (BucketUnavailableException e) {
            LOG.debug("the head was not looked at", e);
            return true;
        }
    }
}
