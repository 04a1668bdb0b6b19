package dev.millrace.encoder.serving;

import dev.millrace.embedding.model.Prompts;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.text.UnencodableTextException;
import dev.millrace.encoder.request.RequestFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The one thread that loads, runs and closes a model. It never waits to fill a pass: whatever arrived while it computed is
 * the next one, so a lone query meets no delay and load makes the passes larger by itself.
 */
public final class ModelThread implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ModelThread.class);

    private final TokenQueue queue;
    private final CompletableFuture<VectorModel> loaded = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final TrackRecord record;

    private ModelThread(ModelLimits limits, TrackRecord record) {
        queue = new TokenQueue(limits);
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

    public VectorModel.Computation computation() {
        return loaded.join().computation();
    }

    public VectorModel.Description description() {
        return loaded.join().description();
    }

    public Prompts prompts() {
        return loaded.join().prompts();
    }

    public double rounding() {
        return loaded.join().rounding();
    }

    /**
     * Texts to tokens, on the caller's thread.
     *
     * @throws RequestFailedException naming the text that the tokenizer cannot cut
     */
    public List<Tokens> tokenize(List<String> texts) {
        final VectorModel model = loaded.join();
        try {
            return model.tokenize(texts);
        } catch (UnencodableTextException unencodable) {
            record.failed(true);
            throw RequestFailedException.unencodable(
                    "input[" + unencodable.index() + "]", "cannot be encoded by this version: " + unencodable.reason());
        } catch (RuntimeException | Error failure) {
            record.failed(true);
            throw new Culprit(model, record).ofTokenizer(texts, failure);
        }
    }

    /**
     * Token arrays of the model's own tokenizer, on the caller's thread.
     *
     * @throws RequestFailedException naming the array that is none
     */
    public List<Tokens> tokens(List<int[]> arrays) {
        final List<Tokens> tokens = new ArrayList<>(arrays.size());
        for (int[] ids : arrays) {
            try {
                tokens.add(loaded.join().tokens(ids));
            } catch (IllegalArgumentException foreign) {
                throw RequestFailedException.invalid("input[" + tokens.size() + "]", foreign.getMessage());
            }
        }
        return tokens;
    }

    /** How the version does. */
    public TrackRecord record() {
        return record;
    }

    /**
     * Rows in the texts' order. One that is cancelled, or ended otherwise, gives its place in the queue back.
     *
     * @param patience until the answer is of no use any more
     * @throws RequestFailedException when they do not fit into the queue, or their turn would come too late
     */
    public CompletableFuture<List<float[]>> submit(List<Tokens> texts, Duration patience) {
        final Submission submission = new Submission(texts);
        queue.add(submission, patience.toNanos());
        return submission.result();
    }

    /** Texts not yet in a pass. */
    public int waiting() {
        return queue.texts();
    }

    /** Of those texts. */
    public long waitingTokens() {
        return queue.tokens();
    }

    /** Done when the model is freed and the thread has ended, which one that hangs never does. */
    public CompletableFuture<Void> closed() {
        return closed;
    }

    /** Closes the model on its own thread once everything submitted before is done. */
    @Override
    public void close() {
        queue.close();
    }

    private void live(Supplier<VectorModel> loader) {
        try (VectorModel model = loader.get()) {
            if (loaded.complete(model)) {
                serve(new Passes(model, record, queue));
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

    private void serve(Passes passes) throws InterruptedException {
        for (List<Submission.Text> pass = queue.take(); !pass.isEmpty(); pass = queue.take()) {
            passes.run(pass);
        }
    }
}
