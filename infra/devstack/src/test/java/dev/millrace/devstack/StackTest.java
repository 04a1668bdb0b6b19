package dev.millrace.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One pair walks through the front door of a stack of real processes. */
class StackTest {
    private static final StackOptions OPTIONS = TestStack.options("walk");
    private static final Path FILE = OPTIONS.folder().resolve("endpoints.json");

    private static final Await AWAIT = new Await(Screen.stdout(), Duration.ofMinutes(2));

    @AutoClose
    private static DevStack stack;

    @BeforeAll
    static void start() {
        stack = DevStack.start(OPTIONS, Screen.stdout());
    }

    @Test
    void aPostedPairEndsInTheTopic() throws IOException, InterruptedException {
        // Given
        String id = "walk-1";

        // When
        List<Producer.Fate> fates =
                new Producer(stack.endpoints().ingestion(), AWAIT).pairs(List.of(TestEvents.pair(id)));

        // Then
        assertThat(fates).containsExactly(Producer.Fate.ACCEPTED);
        assertThat(PairsTopic.ids(stack.endpoints().kafka())).contains(id);
    }

    @Test
    void scriptsFindEveryLivingProcess() throws IOException {
        // When
        JsonNode pids = new ObjectMapper().readTree(FILE.toFile()).at("/pids");

        // Then
        Map<String, Boolean> alive = new HashMap<>();
        pids.properties()
                .forEach(entry ->
                        alive.put(entry.getKey(), alive(entry.getValue().asLong())));
        assertThat(alive.keySet()).containsExactlyInAnyOrderElementsOf(stack.processes());
        assertThat(alive.values()).containsOnly(true);
    }

    @Test
    void everyLogIsWritten() {
        // When
        Map<String, Long> sizes = new TreeMap<>();
        stack.processes()
                .forEach(name -> sizes.put(name, stack.log(name).toFile().length()));

        // Then
        assertThat(sizes).allSatisfy((name, size) -> assertThat(size).isPositive());
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
