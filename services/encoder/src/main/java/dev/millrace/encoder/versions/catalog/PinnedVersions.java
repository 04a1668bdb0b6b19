package dev.millrace.encoder.versions.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.millrace.checkpoints.bucket.BucketException;
import dev.millrace.checkpoints.version.Names;
import dev.millrace.encoder.request.Failure;
import dev.millrace.encoder.request.RequestFailedException;
import dev.millrace.encoder.request.VersionInfo;
import dev.millrace.encoder.serving.LiveModel;
import dev.millrace.encoder.versions.load.LoadOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Versions asked for by name while an index of theirs is still in use: few, the least recently asked for goes first. A name is
 * looked up before anything is loaded, and a version is loaded before another makes room for it, so that a name that means
 * nothing costs nobody a version.
 */
public final class PinnedVersions {
    /** Names being looked up or loaded at once. */
    static final int MOST_PENDING = 64;

    private static final long MOST_UNKNOWN = 10_000;
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(10);

    private final Limits limits;
    private final InstantSource clock;
    private final Loading loading;
    private final Map<String, Pin> leastRecentFirst = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, CompletableFuture<LiveModel>> pending = new HashMap<>();
    private final Cache<String, Boolean> unknown;
    private boolean ended;

    public PinnedVersions(Limits limits, InstantSource clock, Loading loading) {
        this.limits = limits;
        this.clock = clock;
        this.loading = loading;
        unknown = Caffeine.newBuilder()
                .maximumSize(MOST_UNKNOWN)
                .expireAfterWrite(UNKNOWN_FOR)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    /** Completes when the version is loaded, at once when it is already; fails with a RequestFailedException. */
    public synchronized CompletableFuture<LiveModel.Lease> lease(String version) {
        if (limits.versions() == 0
                || !Names.isName(version)
                || Optional.ofNullable(unknown.getIfPresent(version)).isPresent()) {
            throw unknown(version);
        }
        final Optional<LiveModel> loaded = Optional.ofNullable(leastRecentFirst.computeIfPresent(
                        version, (name, pin) -> new Pin(pin.model(), clock.instant())))
                .map(Pin::model);
        return loaded.map(CompletableFuture::completedFuture)
                .or(() -> Optional.ofNullable(pending.get(version)))
                .orElseGet(() -> begin(version))
                .thenApply(model -> model.lease().orElseThrow(() -> busy(version)));
    }

    public synchronized List<VersionInfo> loaded() {
        return models().stream().map(LiveModel::info).toList();
    }

    synchronized List<LiveModel> live() {
        return models();
    }

    /** Why a pinned version answers no more. */
    synchronized Optional<String> stall(Duration limit) {
        return models().stream()
                .map(model -> model.stall(limit))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Frees what nobody asked for lately. */
    public synchronized void sweep() {
        final Instant horizon = clock.instant().minus(limits.idle());
        leastRecentFirst.values().removeIf(pin -> {
            final boolean idle = pin.asked().isBefore(horizon);
            if (idle) {
                pin.model().retire();
            }
            return idle;
        });
    }

    synchronized CompletableFuture<Void> end() {
        ended = true;
        final Collection<LiveModel> models = models();
        leastRecentFirst.clear();
        models.forEach(LiveModel::retire);
        return CompletableFuture.allOf(models.stream().map(LiveModel::drained).toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<LiveModel> begin(String version) {
        if (pending.size() >= MOST_PENDING) {
            throw RequestFailedException.of(
                    Failure.OVERLOADED, MOST_PENDING + " names of versions are being looked up or loaded already");
        }
        final CompletableFuture<LiveModel> model = new CompletableFuture<>();
        pending.put(version, model);
        loading.lookups().execute(() -> lookUp(version, model));
        return model;
    }

    private void lookUp(String version, CompletableFuture<LiveModel> model) {
        try {
            if (loading.versions().contains(version)) {
                loading.reloadThread().execute(() -> load(version, model));
            } else {
                unknown.put(version, true);
                fail(version, model, unknown(version));
            }
        } catch (BucketException unreachable) {
            fail(version, model, notNow(version));
        } catch (RuntimeException failure) {
            fail(version, model, failure);
        }
    }

    private void load(String version, CompletableFuture<LiveModel> model) {
        try {
            final LoadOutcome outcome = loading.loader().load(version);
            if (outcome instanceof LoadOutcome.Ready ready) {
                pin(version, ready.model());
                model.completeAsync(ready::model);
            } else {
                fail(version, model, failure(outcome, version));
            }
        } catch (RuntimeException failure) {
            fail(version, model, failure);
        }
    }

    private synchronized void pin(String version, LiveModel model) {
        pending.remove(version);
        if (ended) {
            model.retire();
            return;
        }
        final Iterator<Pin> oldest = leastRecentFirst.values().iterator();
        while (leastRecentFirst.size() >= limits.versions()) {
            oldest.next().model().retire();
            oldest.remove();
        }
        leastRecentFirst.put(version, new Pin(model, clock.instant()));
    }

    /** Forgotten before it is told, so that whoever asks again is not told the same at once. */
    private void fail(String version, CompletableFuture<LiveModel> model, RuntimeException failure) {
        synchronized (this) {
            pending.remove(version);
        }
        model.completeExceptionally(new CompletionException(failure));
    }

    private List<LiveModel> models() {
        return leastRecentFirst.values().stream().map(Pin::model).toList();
    }

    private static RequestFailedException failure(LoadOutcome outcome, String version) {
        if (outcome instanceof LoadOutcome.Refused refused) {
            return RequestFailedException.unknownModel("version " + version + " is refused: " + refused.reason());
        }
        return outcome instanceof LoadOutcome.Unknown ? unknown(version) : notNow(version);
    }

    private static RequestFailedException unknown(String version) {
        return RequestFailedException.unknownModel(version + " is not served here; GET /v1/models lists what is");
    }

    private static RequestFailedException notNow(String version) {
        return RequestFailedException.of(Failure.NOT_READY, "version " + version + " cannot be loaded at present");
    }

    private static RequestFailedException busy(String version) {
        return RequestFailedException.of(Failure.OVERLOADED, "version " + version + " just made room for another one");
    }

    /** How many are kept beside the served one, and how long after they were last asked for. */
    public record Limits(int versions, Duration idle) {}

    /** Whether the bucket has a version; fails with a BucketException. */
    @FunctionalInterface
    public interface Versions {
        boolean contains(String version);
    }

    /** From a name to a model. */
    @FunctionalInterface
    public interface Loader {
        LoadOutcome load(String version);
    }

    /**
     * How a version is come by.
     *
     * @param lookups runs what asks the bucket, apart from loading, so that a name that means nothing waits for no load
     * @param reloadThread runs what loads
     */
    public record Loading(Versions versions, Executor lookups, Loader loader, Executor reloadThread) {}

    private record Pin(LiveModel model, Instant asked) {}
}
