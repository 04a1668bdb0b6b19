package dev.millrace.devstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.devstack.options.Service;
import dev.millrace.devstack.options.StackOptions;
import dev.millrace.devstack.process.Screen;
import dev.millrace.devstack.process.StartFailedException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a stack ends: as asked, or because it cannot start. */
class StackEndTest {
    @Test
    void theStopLeavesNothingBehind() {
        // Given
        StackOptions options = TestStack.options("stop");
        DevStack stack = DevStack.start(options, Screen.stdout());
        Map<String, Long> pids = stack.endpoints().pids();

        // When
        stack.close();

        // Then
        assertThat(pids).hasSize(6).noneSatisfy((name, pid) -> assertThat(alive(pid))
                .isTrue());
        assertThat(options.folder().toFile().list()).containsExactly("logs");
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
