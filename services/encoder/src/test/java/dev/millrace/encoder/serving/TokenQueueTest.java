package dev.millrace.encoder.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.embedding.text.Tokens;
import dev.millrace.encoder.request.Failure;
import dev.millrace.encoder.request.RequestFailedException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TokenQueueTest {
    private static final int MOST = 100_000;
    private static final int BATCH = 8192;
    private static final long PLENTY = Duration.ofMinutes(10).toNanos();
    private static final long MILLISECOND = 1_000_000;

    private final TokenQueue queue = new TokenQueue(new ModelLimits(MOST, BATCH, Duration.ofSeconds(1)));

    @Test
    void aSingleQueryIsInTheNextPassHoweverManyPassagesWait() throws Exception {
        // Given
        queue.add(request(2048, 40), PLENTY);
        final Submission single = request(1, 8);
        queue.add(single, PLENTY);

        // When
        final List<Submission.Text> pass = queue.take();

        // Then
        assertThat(pass).anyMatch(text -> text.submission() == single);
        assertThat(tokens(pass)).isBetween(BATCH - 40, BATCH);
    }

    @Test
    void requestsThatWaitTogetherAdvanceTogether() throws Exception {
        // Given
        final List<Submission> requests =
                Stream.generate(() -> request(400, 32)).limit(4).toList();
        requests.forEach(request -> queue.add(request, PLENTY));

        // When
        queue.take();

        // Then
        assertThat(requests).extracting(Submission::textsLeft).containsOnly(400 - BATCH / 32 / 4);
    }

    @Test
    void aPassIsCutToATenthOfASecondAtTheSpeedMeasured() throws Exception {
        // Given 1000 tokens take 100 ms
        queue.passed(2000, 200 * MILLISECOND);
        queue.add(request(2048, 40), PLENTY);

        // When
        final List<Submission.Text> pass = queue.take();

        // Then
        assertThat(tokens(pass)).isEqualTo(1000);
    }

    @Test
    void aTextLongerThanAPassHasOneOfItsOwn() throws Exception {
        // Given
        queue.add(request(1, 2 * BATCH), PLENTY);
        queue.add(request(1, 8), PLENTY);

        // When
        final List<Submission.Text> pass = queue.take();

        // Then
        assertThat(tokens(pass)).isEqualTo(2 * BATCH);
        assertThat(tokens(queue.take())).isEqualTo(8);
    }

    @Test
    void whatWouldComeAfterItsDeadlineIsRefusedWithThePauseToMake() {
        // Given 40,000 tokens that take 40 s
        queue.passed(1000, 1000 * MILLISECOND);
        queue.add(request(1000, 40), PLENTY);

        // When
        final RequestFailedException refused = catchThrowableOfType(
                RequestFailedException.class,
                () -> queue.add(request(500, 40), Duration.ofSeconds(30).toNanos()));

        // Then its own 20 s come after as many of the other's
        assertThat(refused.failure()).isEqualTo(Failure.OVERLOADED);
        assertThat(refused.retrySeconds()).isEqualTo(10);
    }

    @Test
    void aSingleQueryIsTakenBesideWhatFillsItsDeadline() {
        // Given
        queue.passed(1000, 1000 * MILLISECOND);
        queue.add(request(1000, 40), PLENTY);

        // When
        queue.add(request(1, 8), Duration.ofSeconds(30).toNanos());

        // Then
        assertThat(queue.texts()).isEqualTo(1001);
    }

    @Test
    void whatDoesNotFitIsRefusedByTheKey() {
        // Given
        queue.add(request(999, 100), PLENTY);

        // When, Then
        assertThatThrownBy(() -> queue.add(request(2, 100), PLENTY))
                .isInstanceOf(RequestFailedException.class)
                .hasMessageContaining("millrace.encoder.queue-tokens is " + MOST);
    }

    @Test
    void aRequestThatFindsNobodyWaitingIsTakenWhateverItsSize() {
        // Given
        queue.passed(1000, 1000 * MILLISECOND);

        // When
        queue.add(request(2048, 512), 1);

        // Then
        assertThat(queue.tokens()).isEqualTo(2048L * 512);
    }

    @Test
    void whoGivesUpLeavesRoomAtOnceAndIsNotEncoded() throws Exception {
        // Given
        final Submission gone = request(1000, 100);
        queue.add(gone, PLENTY);
        gone.result().cancel(false);
        final Submission next = request(1000, 100);

        // When
        queue.add(next, PLENTY);

        // Then
        assertThat(queue.tokens()).isEqualTo(MOST);
        assertThat(submissions(queue.take())).containsExactly(next);
    }

    private static Set<Submission> submissions(List<Submission.Text> pass) {
        final Set<Submission> submissions = new HashSet<>();
        pass.forEach(text -> submissions.add(text.submission()));
        return submissions;
    }

    private static int tokens(List<Submission.Text> pass) {
        return pass.stream().mapToInt(text -> text.tokens().length()).sum();
    }

    private static Submission request(int texts, int tokens) {
        return new Submission(Collections.nCopies(texts, new Tokens(new int[tokens], false)));
    }
}
