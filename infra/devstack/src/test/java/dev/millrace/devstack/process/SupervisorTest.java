package dev.millrace.devstack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
    @TempDir
    Path folder;

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Long> pids = new LinkedBlockingQueue<>();
    private final Supervisor supervisor = new Supervisor(InstantSource.system(), Duration.ofSeconds(3), new Recorder());

    @AfterEach
    void stopAll() throws InterruptedException {
        supervisor.close();
        supervisor.stop(List.of("sleeper", "stubborn"));
    }

    @Test
    void aKilledProcessIsStartedAgain() throws InterruptedException {
        // Given
        supervisor.start(shell("sleeper", "sleep 600"));
        long first = pids.poll(10, TimeUnit.SECONDS);

        // When
        supervisor.kill("sleeper");

        // Then
        long second = pids.poll(10, TimeUnit.SECONDS);
        assertThat(second).isNotEqualTo(first);
        assertThat(alive(second)).isTrue();
        assertThat(events).containsExactly("sleeper died 137 after PT0.5S");
    }

    @Test
    void aStoppedProcessStaysDown() throws InterruptedException {
        // Given
        supervisor.start(shell("sleeper", "sleep 600"));
        long pid = pids.poll(10, TimeUnit.SECONDS);

        // When
        supervisor.stop(List.of("sleeper"));

        // Then
        assertThat(alive(pid)).isFalse();
        assertThat(pids.poll(1, TimeUnit.SECONDS)).isNull();
        assertThat(events).containsExactly("sleeper stopped");
    }

    @Test
    void aCrashedProcessIsKilledAndStaysDownUntilItIsStartedAgain() throws InterruptedException {
        // Given
        supervisor.start(shell("stubborn", "trap '' TERM; while true; do sleep 0.1; done"));
        long first = pids.poll(10, TimeUnit.SECONDS);

        // When
        supervisor.crash("stubborn");

        // Then
        assertThat(alive(first)).isFalse();
        assertThat(events).containsExactly("stubborn stopped");
        supervisor.startAgain("stubborn");
        assertThat(pids.poll(10, TimeUnit.SECONDS)).isNotEqualTo(first);
    }

    @Test
    void aProcessThatWasOnlyAddedDoesNotRunYet() {
        // Given
        LaunchSpec spec = shell("sleeper", "sleep 600");

        // When
        supervisor.add(spec);

        // Then
        assertThat(pids).isEmpty();
        supervisor.startAgain("sleeper");
        assertThat(pids).hasSize(1);
    }

    @Test
    void aPausedProcessHearsTheStop() throws InterruptedException {
        // Given
        supervisor.start(shell("sleeper", "sleep 600"));
        long pid = pids.poll(10, TimeUnit.SECONDS);
        supervisor.pause("sleeper");

        // When
        long begin = System.nanoTime();
        supervisor.stop(List.of("sleeper"));

        // Then
        assertThat(alive(pid)).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void aProcessThatIgnoresTheStopIsKilledAfterTheGrace() throws InterruptedException {
        // Given
        supervisor.start(shell("stubborn", "trap '' TERM; echo deaf; while true; do sleep 0.1; done"));
        long pid = pids.poll(10, TimeUnit.SECONDS);
        await("the trap").until(() -> LogTail.reason(log("stubborn")).startsWith("deaf"));

        // When
        supervisor.stop(List.of("stubborn"));

        // Then
        assertThat(alive(pid)).isFalse();
    }

    @Test
    void nothingIsStartedOnceClosed() {
        // Given
        supervisor.close();

        // When / Then
        assertThatThrownBy(() -> supervisor.start(shell("sleeper", "sleep 600")))
                .isInstanceOf(StartFailedException.class);
        assertThat(Files.exists(log("sleeper"))).isFalse();
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        // Given
        supervisor.start(shell("sleeper", "sleep 600"));

        // When / Then
        assertThatThrownBy(() -> supervisor.kill("sleepr"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sleepr")
                .hasMessageContaining("[sleeper]");
    }

    private LaunchSpec shell(String name, String script) {
        return new LaunchSpec(name, List.of("sh", "-c", script), Map.of(), folder, log(name));
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private final class Recorder implements Supervised.Listener {
        @Override
        public void started(String name, long pid) {
            pids.add(pid);
        }

        @Override
        public void stopped(String name) {
            events.add(name + " stopped");
        }

        @Override
        public void died(String name, int exitStatus, Duration pause) {
            events.add(name + " died " + exitStatus + " after " + pause);
        }
    }
}
