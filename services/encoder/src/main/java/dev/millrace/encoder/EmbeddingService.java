package dev.millrace.encoder;

import dev.millrace.embedding.model.Prompts;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.encoder.EncoderMetrics.Stage;
import dev.millrace.encoder.request.EmbeddingsAnswer;
import dev.millrace.encoder.request.EmbeddingsRequest;
import dev.millrace.encoder.request.Failure;
import dev.millrace.encoder.request.OpenAiTokens;
import dev.millrace.encoder.request.RequestFailedException;
import dev.millrace.encoder.serving.LiveModel;
import dev.millrace.encoder.versions.catalog.ModelCatalog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One request's way: a hold on a version, tokens on the caller's thread, vectors from the model's thread. */
public final class EmbeddingService {
    private final ModelCatalog catalog;
    private final Duration deadline;
    private final EncoderMetrics metrics;

    public EmbeddingService(ModelCatalog catalog, Duration deadline, EncoderMetrics metrics) {
        this.catalog = catalog;
        this.deadline = deadline;
        this.metrics = metrics;
    }

    /** Fails with a RequestFailedException, or with whatever the model threw; cancel it where nobody waits any more. */
    public CompletableFuture<EmbeddingsAnswer> embed(EmbeddingsRequest request) {
        final long start = System.nanoTime();
        final CompletableFuture<LiveModel.Lease> lease = lease(request);
        final CompletableFuture<Void> ended = new CompletableFuture<>();
        final CompletableFuture<EmbeddingsAnswer> answer = lease.thenCompose(
                        held -> encode(held, request, start, ended))
                .copy()
                .orTimeout(left(start), TimeUnit.NANOSECONDS)
                .exceptionally(failure -> {
                    throw translated(failure);
                })
                .thenApply(done -> counted(done, start));
        final CompletableFuture<EmbeddingsAnswer> unused = answer.whenComplete((done, failure) -> {
            ended.complete(null);
            if (answer.isCancelled()) {
                metrics.failed(Failure.ABANDONED);
            }
        });
        return answer;
    }

    private CompletableFuture<LiveModel.Lease> lease(EmbeddingsRequest request) {
        try {
            return catalog.lease(request.version().model());
        } catch (RequestFailedException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Whatever ends the request, be it its deadline or that nobody wants the answer any more, ends the wait in the queue. */
    private CompletableFuture<EmbeddingsAnswer> encode(
            LiveModel.Lease lease, EmbeddingsRequest request, long start, CompletableFuture<Void> ended) {
        final long leased = System.nanoTime();
        metrics.took(Stage.VERSION, Duration.ofNanos(leased - start));
        try {
            final int dimensions = dimensions(request, lease);
            final AskedSpace space = AskedSpace.of(request.version().space(), lease);
            final List<Tokens> tokens = tokens(lease, request);
            final long cut = System.nanoTime();
            metrics.took(Stage.TOKENS, Duration.ofNanos(cut - leased));
            request.whole().ifPresent(whole -> whole.require(tokens));
            final int count = tokens.stream().mapToInt(Tokens::length).sum();
            final CompletableFuture<List<float[]>> submitted = lease.submit(tokens, Duration.ofNanos(left(start)));
            final CompletableFuture<Void> unused = ended.thenRun(() -> submitted.cancel(false));
            return submitted
                    .whenComplete((vectors, failure) -> {
                        lease.close();
                        metrics.took(Stage.VECTORS, Duration.ofNanos(System.nanoTime() - cut));
                    })
                    .thenCompose(space::adapted)
                    .thenApply(vectors -> new EmbeddingsAnswer(space.info(), vectors, dimensions, count));
        } catch (RuntimeException | Error failure) {
            lease.close();
            throw failure;
        }
    }

    private static List<Tokens> tokens(LiveModel.Lease lease, EmbeddingsRequest request) {
        if (request.input() instanceof EmbeddingsRequest.TokenArrays arrays) {
            return OpenAiTokens.texts(request.version().model(), arrays.arrays())
                    .map(texts -> tokens(lease, request, texts))
                    .orElseGet(() -> {
                        request.prompt().requireNoneBeforeTokens(lease.prompts());
                        return lease.tokens(arrays.arrays());
                    });
        }
        return tokens(lease, request, ((EmbeddingsRequest.Texts) request.input()).texts());
    }

    private static List<Tokens> tokens(LiveModel.Lease lease, EmbeddingsRequest request, List<String> texts) {
        return lease.tokenize(Prompts.put(request.prompt().among(lease.prompts()), texts));
    }

    private static int dimensions(EmbeddingsRequest request, LiveModel.Lease lease) {
        final int asked = request.dimensions().orElse(lease.dimensions());
        if (asked < 1 || asked > lease.dimensions()) {
            throw RequestFailedException.invalid("dimensions", "must lie in 1.." + lease.dimensions());
        }
        return asked;
    }

    private EmbeddingsAnswer counted(EmbeddingsAnswer answer, long start) {
        metrics.answered(answer.vectors().size(), answer.promptTokens(), Duration.ofNanos(System.nanoTime() - start));
        return answer;
    }

    private long left(long start) {
        return Math.max(0, deadline.toNanos() - (System.nanoTime() - start));
    }

    private CompletionException translated(Throwable failure) {
        final Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return new CompletionException(
                cause instanceof TimeoutException
                        ? RequestFailedException.of(Failure.DEADLINE, "no answer within " + deadline)
                        : cause);
    }
}
