package dev.millrace.encoder.serving;

import dev.millrace.embedding.model.Prompts;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.encoder.request.VersionInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A loaded version that is closed when it was retired and the last request that leased it is done. The count starts at one
 * for the owner; nobody can lease it again once it reached zero, which is what makes the swap safe without a lock.
 */
public final class LiveModel {
    private final VersionInfo info;
    private final ModelThread thread;
    private final AtomicInteger holders = new AtomicInteger(1);
    private final AtomicBoolean retired = new AtomicBoolean();
    private volatile Map<String, FittedSpace> spaces = Map.of();

    public LiveModel(VersionInfo info, ModelThread thread) {
        this.info = info;
        this.thread = thread;
    }

    public VersionInfo info() {
        return info;
    }

    public VectorModel.Computation computation() {
        return thread.computation();
    }

    /** By name, those it was fitted to so far. */
    public Map<String, FittedSpace> spaces() {
        return spaces;
    }

    /** In place of those before. */
    public void fitted(Map<String, FittedSpace> all) {
        spaces = Map.copyOf(all);
    }

    public int waiting() {
        return thread.waiting();
    }

    public long waitingTokens() {
        return thread.waitingTokens();
    }

    public TrackRecord record() {
        return thread.record();
    }

    /** Why it answers no more, which nothing but another process mends: a pass that does not end, or a thread that has. */
    public Optional<String> stall(Duration limit) {
        final Duration pass = record().passTime();
        if (pass.compareTo(limit) > 0) {
            return Optional.of(info.version() + " has been in one pass for " + pass.toSeconds() + " s");
        }
        return thread.closed().isDone()
                ? Optional.of("the thread of " + info.version() + " has ended")
                : Optional.empty();
    }

    /** Empty when the version is gone already; the caller then looks up which one serves now. */
    public Optional<Lease> lease() {
        final int before = holders.getAndUpdate(count -> count == 0 ? 0 : count + 1);
        return before == 0 ? Optional.empty() : Optional.of(new Lease());
    }

    public void retire() {
        if (retired.compareAndSet(false, true)) {
            release();
        }
    }

    /** Done when the weights are freed. */
    public CompletableFuture<Void> drained() {
        return thread.closed();
    }

    private void release() {
        if (holders.decrementAndGet() == 0) {
            thread.close();
        }
    }

    /** One request's hold on the version. */
    public final class Lease implements AutoCloseable {
        private final AtomicBoolean open = new AtomicBoolean(true);

        private Lease() {}

        public VersionInfo info() {
            return info;
        }

        public int dimensions() {
            return thread.dimensions();
        }

        /** How its vectors get into an index of an older version; empty where none of this name is known. */
        public Optional<FittedSpace> space(String name) {
            return Optional.ofNullable(spaces.get(name));
        }

        public VectorModel.Description description() {
            return thread.description();
        }

        public VectorModel.Computation computation() {
            return thread.computation();
        }

        public Prompts prompts() {
            return thread.prompts();
        }

        public List<Tokens> tokenize(List<String> texts) {
            return thread.tokenize(texts);
        }

        public List<Tokens> tokens(List<int[]> arrays) {
            return thread.tokens(arrays);
        }

        public CompletableFuture<List<float[]>> submit(List<Tokens> texts, Duration patience) {
            return thread.submit(texts, patience);
        }

        @Override
        public void close() {
            if (open.compareAndSet(true, false)) {
                release();
            }
        }
    }
}
