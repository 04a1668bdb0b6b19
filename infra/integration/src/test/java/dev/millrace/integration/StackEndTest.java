package dev.millrace.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.devstack.DevStack;
import dev.millrace.devstack.options.Service;
import dev.millrace.devstack.options.StackOptions;
import dev.millrace.devstack.process.Screen;
import dev.millrace.devstack.process.StartFailedException;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** How a stack ends: as asked, or because it cannot start. */
@Order(Integer.MAX_VALUE) // of the classes: it ends the stack that the others share
class StackEndTest {
    @Test
    void theStopLeavesNothingBehind() {
        // Given
        SharedStack shared = SharedStack.get();
        Map<String, Long> pids = shared.stack().endpoints().pids();

        // When
        shared.close();

        // Then
        assertThat(pids).hasSize(6).noneSatisfy((name, pid) -> assertThat(alive(pid))
                .isTrue());
        assertThat(SharedStack.OPTIONS.folder().toFile().list()).containsExactly("logs");
    }

    @Test
    void aServiceThatCannotStartIsNamedWithItsReason() {
        // Given
        StackOptions options =
                TestStack.options("refused").withSetting(Service.INGESTION, "quarkus.http.port", "not-a-port");

        // When
        Throwable failure =
                catchThrowable(() -> DevStack.start(options, Screen.stdout()).close());

        // Then
        assertThat(failure)
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("ingestion does not start")
                .hasMessageContaining("not-a-port");
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
