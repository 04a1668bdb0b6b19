package dev.millrace.attribution.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JoinSupervisorTest {
    private final FakeCluster cluster = new FakeCluster();
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private final JoinSupervisor supervisor = new JoinSupervisor(cluster, () -> now);

    @Test
    void waitsForTheTopicsAndSaysSo() {
        // Given
        cluster.obstacle = Optional.of("topics do not exist: clicks");

        // When
        supervisor.step();

        // Then
        assertThat(supervisor.state().words()).isEqualTo("waiting: topics do not exist: clicks");
        assertThat(cluster.starts).isZero();
    }

    @Test
    void startsOnceNothingStandsInTheWay() {
        // Given
        cluster.obstacle = Optional.of("topics do not exist: clicks");
        supervisor.step();
        cluster.obstacle = Optional.empty();

        // When
        supervisor.step();
        cluster.phase = RunningJoin.Phase.RUNNING;
        supervisor.step();

        // Then
        assertThat(supervisor.state()).isEqualTo(new JoinState.Running());
        assertThat(cluster.starts).isEqualTo(1);
    }

    @Test
    void aFailedJoinIsClosedAndStartedAnew() {
        // Given
        supervisor.step();
        cluster.phase = RunningJoin.Phase.FAILED;

        // When
        supervisor.step();
        cluster.phase = RunningJoin.Phase.RUNNING;
        supervisor.step();
        supervisor.step();

        // Then
        assertThat(cluster.closes).isEqualTo(1);
        assertThat(cluster.starts).isEqualTo(2);
        assertThat(supervisor.state()).isEqualTo(new JoinState.Running());
    }

    @Test
    void aStartThatThrowsIsTriedAgain() {
        // Given
        cluster.startFails = true;
        supervisor.step();
        assertThat(supervisor.state()).isInstanceOf(JoinState.Waiting.class);
        cluster.startFails = false;

        // When
        supervisor.step();

        // Then
        assertThat(supervisor.state()).isEqualTo(new JoinState.Starting());
    }

    @Test
    void aBrokerThatGoesAwayIsSaidAndTheJoinKept() {
        // Given
        cluster.phase = RunningJoin.Phase.RUNNING;
        supervisor.step();
        supervisor.step();
        cluster.obstacle = Optional.of("Kafka does not answer");

        // When
        now = now.plus(Duration.ofSeconds(10));
        supervisor.step();

        // Then
        assertThat(supervisor.state().words()).isEqualTo("cut off: Kafka does not answer");
        assertThat(supervisor.isRunning()).isFalse();
        assertThat(cluster.closes).isZero();
    }

    @Test
    void aBrokerThatComesBackIsSeenAtTheNextStep() {
        // Given
        cluster.phase = RunningJoin.Phase.RUNNING;
        supervisor.step();
        supervisor.step();
        cluster.obstacle = Optional.of("Kafka does not answer");
        now = now.plus(Duration.ofSeconds(10));
        supervisor.step();
        cluster.obstacle = Optional.empty();

        // When
        supervisor.step();

        // Then
        assertThat(supervisor.state()).isEqualTo(new JoinState.Running());
        assertThat(cluster.starts).isEqualTo(1);
    }

    @Test
    void aJoinWhoseTopicsHaveGotMorePartitionsIsStartedAnew() {
        // Given
        cluster.phase = RunningJoin.Phase.RUNNING;
        supervisor.step();
        supervisor.step();
        cluster.outgrown = true;
        now = now.plus(Duration.ofSeconds(10));

        // When
        supervisor.step();

        // Then
        assertThat(supervisor.state().words()).contains("the topics' partitions have changed");
        assertThat(cluster.closes).isEqualTo(1);
        cluster.outgrown = false;
        supervisor.step();
        assertThat(cluster.starts).isEqualTo(2);
    }

    @Test
    void aJoinWhoseThreadsDieOfMorePartitionsBeforeItRunsIsStartedAnewToo() {
        // Given: threads die and are replaced, which Kafka Streams calls rebalancing
        supervisor.step();
        cluster.phase = RunningJoin.Phase.STARTING;
        supervisor.step();
        cluster.outgrown = true;

        // When
        supervisor.step();

        // Then
        assertThat(supervisor.state().words()).contains("the topics' partitions have changed");
        assertThat(cluster.closes).isEqualTo(1);
    }

    @Test
    void whatStandsInTheWayOfAJoinThatDoesNotComeToRunIsSaid() {
        // Given
        supervisor.step();
        cluster.phase = RunningJoin.Phase.STARTING;
        cluster.obstacle = Optional.of("topics do not exist: clicks");

        // When
        supervisor.step();

        // Then
        assertThat(supervisor.state().words()).isEqualTo("cut off: topics do not exist: clicks");
        assertThat(cluster.closes).isZero();
    }

    @Test
    void aShortOutageIsPassingAndALongOneIsNot() {
        // Given
        final Duration grace = Duration.ofMinutes(2);
        assertThat(supervisor.isPassing(grace)).as("before it ever ran").isFalse();
        cluster.phase = RunningJoin.Phase.RUNNING;
        supervisor.step();
        supervisor.step();
        cluster.obstacle = Optional.of("Kafka does not answer");
        now = now.plus(Duration.ofSeconds(60));

        // When
        supervisor.step();

        // Then
        assertThat(supervisor.isRunning()).isFalse();
        assertThat(supervisor.isPassing(grace)).isTrue();
        now = now.plus(Duration.ofSeconds(60));
        assertThat(supervisor.isPassing(grace)).isFalse();
    }

    @Test
    void stoppingEndsTheJoinAsOneThatMayBeBackSoon() {
        // Given
        supervisor.step();

        // When
        supervisor.stop();

        // Then
        assertThat(cluster.stops).isEqualTo(1);
        assertThat(cluster.closes).as("members that leave for good").isZero();
        assertThat(cluster.closed).isTrue();
        assertThat(supervisor.state()).isEqualTo(new JoinState.Stopped());
    }

    @Test
    void isAliveWhileItSteps() {
        // Given
        supervisor.step();
        assertThat(supervisor.alive()).isTrue();

        // When
        now = now.plus(Duration.ofMinutes(3));

        // Then
        assertThat(supervisor.alive()).isFalse();
        supervisor.step();
        assertThat(supervisor.alive()).isTrue();
    }

    private static final class FakeCluster implements Cluster {
        private Optional<String> obstacle = Optional.empty();
        private RunningJoin.Phase phase = RunningJoin.Phase.STARTING;
        private boolean startFails;
        private boolean outgrown;
        private boolean closed;
        private int starts;
        private int closes;
        private int stops;

        @Override
        public Optional<String> obstacle() {
            return obstacle;
        }

        @Override
        public boolean isOutgrown() {
            return outgrown;
        }

        @Override
        public RunningJoin start() {
            if (startFails) {
                throw new IllegalStateException("no such broker");
            }
            starts++;
            return new RunningJoin() {
                @Override
                public Phase phase() {
                    return phase;
                }

                @Override
                public void close() {
                    closes++;
                }

                @Override
                public void stop() {
                    stops++;
                }
            };
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
