package dev.millrace.encoder.serving;

import dev.millrace.embedding.text.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The one thread that loads, runs and closes a model. It never waits to fill a batch: whatever arrived while it computed is
 * the next batch, so a lone query meets no delay and load makes the batches larger by itself.
 */
public final class ModelThread implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ModelThread.class);

    private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final CompletableFuture<VectorModel> loaded = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final ModelLimits limits;
    private final TrackRecord record;

    private ModelThread(ModelLimits limits, TrackRecord record) {
        this.limits = limits;
        this.record = record;
    }

    /** Begins to load; {@link #awaitLoaded} has to be called before anything else. */
    public static ModelThread start(String name, Supplier<VectorModel> loader, ModelLimits limits, TrackRecord record) {
        final ModelThread owner = new ModelThread(limits, record);
        final Thread thread = new Thread(() -> owner.live(loader), "model-" + name);
        thread.setDaemon(true);
        thread.start();
        return owner;
    }

    /** Returns when the model is loaded; a loader's failure, or a TimeoutException, arrives as the CompletionException's cause. */
    public void awaitLoaded(Duration limit) {
        loaded.orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS).join();
    }

    public int dimensions() {
        return loaded.join().dimensions();
    }

    public double rounding() {
        return loaded.join().rounding();
    }

    /** A tokenizer that throws is a fault of the version's, as the texts are within all limits. */
    public List<Tokens> tokenize(List<String> texts) {
        try {
            return loaded.join().tokenize(texts);
        } catch (RuntimeException failure) {
            record.failed(true);
            throw failure;
        }
    }

    /** How the version does. */
    public TrackRecord record() {
        return record;
    }

    /** Rows in the texts' order; refuses all of them when they do not fit into the queue. Texts of a done future are skipped. */
    public CompletableFuture<List<float[]>> submit(List<Tokens> texts) {
        admit(texts.size());
        final Submission submission = new Submission(texts.size());
        for (int index = 0; index < texts.size(); index++) {
            queue.add(new Text(submission, index, texts.get(index)));
        }
        return submission.result();
    }

    public int waiting() {
        return waiting.get();
    }

    /** Done when the model is freed and the thread has ended, which one that hangs never does. */
    public CompletableFuture<Void> closed() {
        return closed;
    }

    /** Closes the model on its own thread once everything submitted before is done. */
    @Override
    public void close() {
        queue.add(new Stop());
    }

    private void admit(int texts) {
        final int before = waiting.getAndUpdate(count -> fits(count, texts) ? count + texts : count);
        if (!fits(before, texts)) {
            throw RequestFailedException.of(
                    Failure.OVERLOADED, before + " texts are waiting already, no room for " + texts + " more");
        }
    }

    private boolean fits(int before, int texts) {
        return before + texts <= limits.waitingTexts();
    }

    private void live(Supplier<VectorModel> loader) {
        try (VectorModel model = loader.get()) {
            if (loaded.complete(model)) {
                serve(model);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Throwable failure) {
            if (!loaded.completeExceptionally(failure)) {
                LOG.error("The model's thread ended", failure);
            }
        } finally {
            closed.complete(null);
        }
    }

    private void serve(VectorModel model) throws InterruptedException {
        final List<Text> batch = new ArrayList<>();
        boolean open = true;
        while (open) {
            open = fill(batch);
            if (!batch.isEmpty()) {
                encode(model, batch);
                batch.clear();
            }
        }
    }

    /** False when told to stop; only this thread takes from the queue, so what it peeked at is what it polls. */
    private boolean fill(List<Text> batch) throws InterruptedException {
        Work work = queue.take();
        int tokens = 0;
        while (work instanceof Text text) {
            waiting.decrementAndGet();
            if (!text.submission().result().isDone()) {
                batch.add(text);
                tokens += text.tokens().length();
            }
            if (queue.isEmpty() || tokens + queue.element().size() > limits.batchTokens()) {
                return true;
            }
            work = queue.remove();
        }
        return false;
    }

    private void encode(VectorModel model, List<Text> batch) {
        try {
            final long begun = record.begun();
            final float[][] rows = model.encode(batch.stream().map(Text::tokens).toList());
            record.passed(batch.stream().mapToInt(Text::size).sum(), begun);
            for (int i = 0; i < rows.length; i++) {
                deliver(batch.get(i), rows[i]);
            }
        } catch (RuntimeException | Error failure) {
            boolean first = true;
            for (Text text : batch) {
                first &= !fail(text.submission(), failure, first);
            }
        } finally {
            record.ended();
        }
    }

    /** Weights can be fit for the texts of the first check and give no number for a word that was not among them. */
    private void deliver(Text text, float[] row) {
        float sum = 0;
        for (float value : row) {
            sum += value;
        }
        if (Float.isFinite(sum)) {
            if (text.submission().lacksOnlyOne()) {
                record.answered();
            }
            text.submission().row(text.index(), row);
        } else {
            fail(text.submission(), new ArithmeticException("the model gave a vector that is not finite"), true);
        }
    }

    /** Counted before it is told; not when the request has ended already. */
    private boolean fail(Submission submission, Throwable failure, boolean alone) {
        final boolean counts = !submission.result().isDone();
        if (counts) {
            record.failed(alone);
        }
        return submission.result().completeExceptionally(failure) && counts;
    }

    private sealed interface Work {
        int size();
    }

    private record Text(Submission submission, int index, Tokens tokens) implements Work {
        @Override
        public int size() {
            return tokens.length();
        }
    }

    private record Stop() implements Work {
        @Override
        public int size() {
            return 0;
        }
    }
}
