package dev.millrace.attribution.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Starts the join when the cluster is ready for it, and again when it has failed. Steps come from one thread; the state
 * may be read from any.
 */
public final class JoinSupervisor {
    private static final Logger LOG = Logger.getLogger(JoinSupervisor.class);

    /** Closing a failed join and asking an absent broker are both bounded well below this. */
    private static final Duration LONGEST_STEP = Duration.ofMinutes(2);

    private final Cluster cluster;
    private final InstantSource clock;
    private Optional<RunningJoin> join = Optional.empty();
    private volatile JoinState state = new JoinState.Waiting("the first look at the cluster");
    private volatile Instant lastStep;
    private volatile Optional<Instant> lastRun = Optional.empty();

    public JoinSupervisor(Cluster cluster, InstantSource clock) {
        this.cluster = cluster;
        this.clock = clock;
        this.lastStep = clock.instant();
    }

    /** Whether events are joined at this moment. */
    public boolean isRunning() {
        return state instanceof JoinState.Running;
    }

    /**
     * Whether events are joined, or were a short while ago: a broker that is away, or a join that is started anew, comes back by itself, and
     * no restart of this process would help.
     *
     * @param grace how long ago at most
     */
    boolean isPassing(Duration grace) {
        return isRunning()
                || lastRun.filter(run -> clock.instant().isBefore(run.plus(grace)))
                        .isPresent();
    }

    JoinState state() {
        return state;
    }

    boolean alive() {
        return clock.instant().isBefore(lastStep.plus(LONGEST_STEP));
    }

    void step() {
        lastStep = clock.instant();
        try {
            enter(join.map(this::watch).orElseGet(this::tryToStart));
        } catch (RuntimeException e) {
            LOG.error("the join could not be started or closed", e);
            enter(new JoinState.Waiting(e.toString()));
        }
        lastStep = clock.instant();
        if (isRunning()) {
            lastRun = Optional.of(lastStep);
        }
    }

    void stop() {
        final Optional<RunningJoin> stopped = join;
        join = Optional.empty();
        stopped.ifPresent(RunningJoin::stop);
        cluster.close();
        enter(new JoinState.Stopped());
    }

    private JoinState tryToStart() {
        final Optional<String> obstacle = cluster.obstacle();
        if (obstacle.isPresent()) {
            return new JoinState.Waiting(obstacle.get());
        }
        join = Optional.of(cluster.start());
        return new JoinState.Starting();
    }

    private JoinState watch(RunningJoin started) {
        final RunningJoin.Phase phase = started.phase();
        if (phase == RunningJoin.Phase.FAILED) {
            drop();
            return new JoinState.Waiting("the join failed and is started anew");
        }
        return look().orElseGet(
                        () -> phase == RunningJoin.Phase.RUNNING ? new JoinState.Running() : new JoinState.Starting());
    }

    /**
     * Kafka Streams keeps its state when the broker goes away, and while its threads die of partitions that they did not
     * expect and are replaced, so somebody has to ask.
     */
    private Optional<JoinState> look() {
        final Optional<String> obstacle = cluster.obstacle();
        if (cluster.isOutgrown()) {
            drop();
            return Optional.of(new JoinState.Waiting("the topics' partitions have changed, the join is started anew"));
        }
        return obstacle.map(JoinState.CutOff::new);
    }

    private void drop() {
        final Optional<RunningJoin> dropped = join;
        join = Optional.empty();
        dropped.ifPresent(RunningJoin::close);
    }

    private void enter(JoinState next) {
        if (!next.equals(state)) {
            LOG.infof("attribution is %s", next.words());
            state = next;
        }
    }
}
