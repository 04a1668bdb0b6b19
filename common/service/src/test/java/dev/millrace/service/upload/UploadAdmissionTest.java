package dev.millrace.service.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.service.http.EarlyProblems;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadAdmissionTest {
    private static final int LARGEST = 1 << 20;
    private static final long BUDGET = 2L << 20;
    private static final String LARGE = "Content-Length: 700000";
    private static final int LARGE_THAT_FIT = 2;
    private static final String CHUNKS = "Transfer-Encoding: chunked";
    private static final String CHUNK = "x".repeat(0xffff);
    private static final Duration SLOWEST = Duration.ofSeconds(3);

    private final Vertx vertx = Vertx.vertx();
    private final UploadAdmission uploads =
            new UploadAdmission(bounds(BUDGET), new EarlyProblems(new ObjectMapper(), (problem, path) -> problem));
    private final AtomicInteger unanswered = new AtomicInteger();
    private final List<Caller> callers = new ArrayList<>();
    private int port;

    @BeforeEach
    void listen() {
        final Filters filters = new Filters();
        uploads.register(filters);
        final Router router = Router.router(vertx);
        filters.getFilters().forEach(filter -> router.route().handler(filter.getHandler()));
        router.route("/bytes").handler(request -> request.end(UploadAdmission.body(request).length + " bytes"));
        router.route("/later").handler(request -> unanswered.incrementAndGet());
        router.route("/fails").handler(request -> request.fail(500));
        port = done(vertx.createHttpServer()
                        .requestHandler(router)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage())
                .actualPort();
    }

    @AfterEach
    void hangUp() throws IOException {
        for (Caller caller : callers) {
            caller.close();
        }
        await(held -> held == 0);
        done(vertx.close().toCompletionStage());
    }

    @Test
    void roomIsTakenByTheLengthStatedBeforeTheFirstByte() throws Exception {
        // Given
        fillWithLarge();

        // When
        final String answer = begin("/bytes", LARGE).answer();

        // Then
        assertThat(answer)
                .startsWith("HTTP/1.1 429 ")
                .containsIgnoringCase("Retry-After: 7")
                .contains("too many bodies are being read (a.budget)");
        assertThat(uploads.held()).isEqualTo(LARGE_THAT_FIT * 700_000L);
        assertThat(uploads.refused()).isEqualTo(1);
    }

    @Test
    void smallBodiesFindRoomBesideAllTheLargeOnesThatFit() throws Exception {
        // Given
        fillWithLarge();
        final Caller caller = begin("/bytes", "Content-Length: 5");

        // When
        caller.send("small");

        // Then
        assertThat(caller.answer()).startsWith("HTTP/1.1 200 ").endsWith("5 bytes");
    }

    @Test
    void whoAsksFirstWhetherToSendIsNotToldToWhereThereIsNoRoom() throws Exception {
        // Given
        final Caller first = begin("/bytes", LARGE, "Expect: 100-continue");
        assertThat(first.answer()).startsWith("HTTP/1.1 100 ");
        fillWithLarge();

        // When
        final Caller second = begin("/bytes", LARGE, "Expect: 100-continue");

        // Then
        assertThat(second.answer()).startsWith("HTTP/1.1 429 ");
    }

    @Test
    void aBodyInChunksIsCountedAsItComes() throws Exception {
        // Given
        final Caller caller = begin("/bytes", CHUNKS);
        await(held -> held > 0 && held < CHUNK.length());

        // When
        caller.sendChunk(CHUNK);

        // Then
        await(held -> held == CHUNK.length());
        caller.sendChunk("y");
        caller.send("0\r\n\r\n");
        assertThat(caller.answer()).startsWith("HTTP/1.1 200 ").endsWith("65536 bytes");
    }

    @Test
    void aBodyInChunksThatGrowsTooLargeIsEndedAndHoldsNothing() throws Exception {
        // Given
        final Caller caller = begin("/bytes", CHUNKS);

        // When
        for (int sent = 0; sent <= LARGEST; sent += CHUNK.length()) {
            caller.sendChunk(CHUNK);
        }

        // Then
        assertThat(caller.answer()).startsWith("HTTP/1.1 413 ").contains("at most " + LARGEST + " bytes");
        await(held -> held == 0);
    }

    @Test
    void aBodyInChunksThatGrowsBeyondTheRoomIsToldToComeAgain() throws Exception {
        // Given
        fillWithLarge();
        final Caller caller = begin("/bytes", CHUNKS);

        // When
        caller.sendChunk(CHUNK);
        caller.sendChunk(CHUNK);
        caller.sendChunk(CHUNK);

        // Then
        assertThat(caller.answer()).startsWith("HTTP/1.1 429 ").containsIgnoringCase("Retry-After: 7");
    }

    @Test
    void aBodyThatComesInTooSlowlyIsEnded() throws Exception {
        // Given
        final Caller caller = begin("/bytes", LARGE);
        caller.send("x");

        // When
        final String answer = caller.answer();

        // Then
        assertThat(answer).startsWith("HTTP/1.1 408 ").contains("within PT3S (a.limit)");
        await(held -> held == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {LARGE, CHUNKS})
    void whoHangsUpAmidABodyHoldsNothing(String length) throws Exception {
        // Given
        final Caller caller = begin("/bytes", length);
        await(held -> held > 0);

        // When
        caller.close();

        // Then
        await(held -> held == 0);
    }

    @Test
    void whoHangsUpBeforeTheAnswerHoldsNothing() throws Exception {
        // Given
        final Caller caller = begin("/later", "Content-Length: 5");
        caller.send("12345");
        await(held -> unanswered.get() == 1 && held > 0);

        // When
        caller.close();

        // Then
        await(held -> held == 0);
    }

    @Test
    void aRequestThatFailsHoldsNothing() throws Exception {
        // Given
        final Caller caller = begin("/fails", "Content-Length: 5");

        // When
        caller.send("12345");

        // Then
        assertThat(caller.answer()).startsWith("HTTP/1.1 500 ");
        await(held -> held == 0);
    }

    @Test
    void aBudgetWithoutRoomForTheLargestBodyIsRefusedByItsKey() {
        // When, Then
        assertThatThrownBy(() -> new UploadAdmission(
                        bounds(LARGEST), new EarlyProblems(new ObjectMapper(), (problem, path) -> problem)))
                .hasMessageContaining("a.budget")
                .hasMessageContaining("max-body-size");
    }

    private static UploadAdmission.Bounds bounds(long budget) {
        return new UploadAdmission.Bounds(
                new UploadAdmission.Setting<>("a.budget", budget),
                LARGEST,
                new UploadAdmission.Setting<>("a.limit", SLOWEST),
                Duration.ofSeconds(7));
    }

    private void fillWithLarge() throws IOException {
        while (uploads.held() < LARGE_THAT_FIT * 700_000L) {
            final long before = uploads.held();
            begin("/bytes", LARGE);
            await(held -> held > before);
        }
    }

    private Caller begin(String path, String... headers) throws IOException {
        final Caller caller = Caller.begin(port, path, headers);
        callers.add(caller);
        return caller;
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private void await(LongPredicate held) {
        final long deadline = System.nanoTime() + 20_000_000_000L;
        while (!held.test(uploads.held())) {
            assertThat(System.nanoTime()).as("holds " + uploads.held()).isLessThan(deadline);
            LockSupport.parkNanos(2_000_000);
        }
    }
}
