package dev.millrace.encoder.versions.catalog;

import dev.millrace.encoder.request.VersionInfo;
import dev.millrace.encoder.serving.FittedSpace;
import dev.millrace.encoder.serving.LiveModel;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** The one version that answers for the channel; changed by one atomic swap. */
public final class ServedVersion {
    private final AtomicReference<Optional<LiveModel>> current = new AtomicReference<>(Optional.empty());

    public Optional<VersionInfo> info() {
        return current.get().map(LiveModel::info);
    }

    /** The spaces that it was fitted to, by name. */
    public List<FittedSpace> spaces() {
        return current.get().stream()
                .flatMap(model -> model.spaces().values().stream())
                .sorted(Comparator.comparing(FittedSpace::name))
                .toList();
    }

    Optional<LiveModel> model() {
        return current.get();
    }

    public int waiting() {
        return current.get().map(LiveModel::waiting).orElse(0);
    }

    /** Tokens that wait for the served version. */
    public long waitingTokens() {
        return current.get().map(LiveModel::waitingTokens).orElse(0L);
    }

    /** Share of its latest requests that the served version failed, 0..1. */
    public double errorRate() {
        return current.get().map(model -> model.record().figures().errorRate()).orElse(0.0);
    }

    /** Why the served version answers no more. */
    Optional<String> stall(Duration limit) {
        return current.get().flatMap(model -> model.stall(limit));
    }

    /** Empty only as long as nothing is served; a version that retires meanwhile is followed by the next one. */
    public Optional<LiveModel.Lease> lease() {
        while (true) {
            final Optional<LiveModel> model = current.get();
            final Optional<LiveModel.Lease> lease = model.flatMap(LiveModel::lease);
            if (lease.isPresent() || model.isEmpty()) {
                return lease;
            }
        }
    }

    /** Retires the version before it. */
    public void swap(LiveModel next) {
        current.getAndSet(Optional.of(next)).ifPresent(LiveModel::retire);
    }

    CompletableFuture<Void> end() {
        final Optional<LiveModel> last = current.getAndSet(Optional.empty());
        last.ifPresent(LiveModel::retire);
        return last.map(LiveModel::drained).orElseGet(() -> CompletableFuture.completedFuture(null));
    }
}
