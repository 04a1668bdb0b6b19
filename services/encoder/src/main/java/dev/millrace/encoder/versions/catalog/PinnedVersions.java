package dev.millrace.encoder.versions.catalog;

import dev.millrace.encoder.config.Names;
import dev.millrace.encoder.serving.Failure;
import dev.millrace.encoder.serving.LiveModel;
import dev.millrace.encoder.serving.RequestFailedException;
import dev.millrace.encoder.serving.VersionInfo;
import dev.millrace.encoder.versions.load.LoadOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Versions asked for by name while an index of theirs is still in use: few, the least recently asked for goes first. */
public final class PinnedVersions {
    private final Limits limits;
    private final InstantSource clock;
    private final Executor reloadThread;
    private final Function<String, LoadOutcome> loader;
    private final Map<String, Pin> leastRecentFirst = new LinkedHashMap<>(16, 0.75f, true);

    public PinnedVersions(
            Limits limits, InstantSource clock, Executor reloadThread, Function<String, LoadOutcome> loader) {
        this.limits = limits;
        this.clock = clock;
        this.reloadThread = reloadThread;
        this.loader = loader;
    }

    /** Completes when the version is loaded, at once when it is already; fails with a RequestFailedException. */
    public synchronized CompletableFuture<LiveModel.Lease> lease(String version) {
        if (limits.versions() == 0 || !version.matches(Names.PATTERN)) {
            throw unknown(version);
        }
        if (!leastRecentFirst.containsKey(version)) {
            makeRoom();
            leastRecentFirst.put(version, new Pin(load(version), clock.instant()));
        }
        final Pin pin = leastRecentFirst.get(version);
        leastRecentFirst.put(version, new Pin(pin.model(), clock.instant()));
        return pin.model().thenApply(model -> model.lease().orElseThrow(() -> busy(version)));
    }

    public synchronized List<VersionInfo> loaded() {
        return leastRecentFirst.values().stream()
                .filter(Pin::ready)
                .map(pin -> pin.model().join().info())
                .toList();
    }

    /** Frees what nobody asked for lately. */
    public synchronized void sweep() {
        final Instant horizon = clock.instant().minus(limits.idle());
        leastRecentFirst.values().removeIf(pin -> {
            final boolean idle = pin.ready() && pin.asked().isBefore(horizon);
            if (idle) {
                pin.model().join().retire();
            }
            return idle;
        });
    }

    synchronized CompletableFuture<Void> end() {
        final List<LiveModel> models = leastRecentFirst.values().stream()
                .filter(Pin::ready)
                .map(pin -> pin.model().join())
                .toList();
        leastRecentFirst.clear();
        models.forEach(LiveModel::retire);
        return CompletableFuture.allOf(models.stream().map(LiveModel::drained).toArray(CompletableFuture[]::new));
    }

    private void makeRoom() {
        final Iterator<Pin> pins = leastRecentFirst.values().iterator();
        while (leastRecentFirst.size() >= limits.versions() && pins.hasNext()) {
            final Pin oldest = pins.next();
            if (oldest.ready()) {
                pins.remove();
                oldest.model().join().retire();
            }
        }
        if (leastRecentFirst.size() >= limits.versions()) {
            throw RequestFailedException.of(Failure.OVERLOADED, "another pinned version is being loaded");
        }
    }

    private CompletableFuture<LiveModel> load(String version) {
        final CompletableFuture<LiveModel> model = new CompletableFuture<>();
        reloadThread.execute(() -> finish(version, model));
        return model;
    }

    private void finish(String version, CompletableFuture<LiveModel> model) {
        try {
            final LoadOutcome outcome = loader.apply(version);
            if (outcome instanceof LoadOutcome.Ready ready) {
                model.completeAsync(ready::model);
                return;
            }
            model.completeExceptionally(failure(outcome, version));
        } catch (RuntimeException failure) {
            model.completeExceptionally(failure);
        }
        forget(version);
    }

    private synchronized void forget(String version) {
        leastRecentFirst.remove(version);
    }

    private static RequestFailedException failure(LoadOutcome outcome, String version) {
        if (outcome instanceof LoadOutcome.Refused refused) {
            return RequestFailedException.unknownModel("version " + version + " is refused: " + refused.reason());
        }
        if (outcome instanceof LoadOutcome.Unknown) {
            return unknown(version);
        }
        return RequestFailedException.of(Failure.NOT_READY, "version " + version + " cannot be loaded at present");
    }

    private static RequestFailedException unknown(String version) {
        return RequestFailedException.unknownModel("no model " + version + " is served here");
    }

    private static RequestFailedException busy(String version) {
        return RequestFailedException.of(Failure.OVERLOADED, "version " + version + " just made room for another one");
    }

    /** How many are kept beside the served one, and how long after they were last asked for. */
    public record Limits(int versions, Duration idle) {}

    private record Pin(CompletableFuture<LiveModel> model, Instant asked) {
        boolean ready() {
            return model.isDone() && !model.isCompletedExceptionally();
        }
    }
}
