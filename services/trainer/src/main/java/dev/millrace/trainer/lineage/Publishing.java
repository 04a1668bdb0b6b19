package dev.millrace.trainer.lineage;

import dev.millrace.trainer.lineage.LineageStore.Position;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Brings versions into the lineage on a thread of its own, while the next window is gathered and learned. At most one
 * is under way, and none begins before its parent is the head: so when one fails, all that is lost is in memory, and
 * the owner, whom every method here tells, throws that away. For one owner.
 */
public final class Publishing implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Publishing.class);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "publishing"));
    private CompletableFuture<Position> latest;
    private boolean told;

    /** Begins where the lineage was taken up; that counts as news. */
    public Publishing(Position start) {
        latest = CompletableFuture.completedFuture(start);
    }

    /** Runs {@code publication}, which moves the head on from the settled position; only when nothing is under way. */
    public void begin(Supplier<Position> publication) {
        if (underWay()) {
            throw new IllegalStateException("a version is under way already");
        }
        told = false;
        latest = CompletableFuture.supplyAsync(publication, thread);
    }

    /**
     * Waits for what is under way.
     *
     * @return where the lineage stands then
     * @throws RuntimeException what kept the version under way out of the lineage
     */
    public Position settled() {
        try {
            return latest.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** The settled position, once for each; empty while a version is under way. */
    public Optional<Position> news() {
        if (told || !latest.isDone()) {
            return Optional.empty();
        }
        Position position = settled();
        told = true;
        return Optional.of(position);
    }

    /** Whether a version is under way. */
    public boolean underWay() {
        return !latest.isDone();
    }

    /** Lets what is under way end. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            settled();
        } catch (RuntimeException e) {
            LOG.infof("the last version learned is not in the lineage: %s", e.getMessage());
        }
    }
}
