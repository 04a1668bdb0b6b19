package dev.millrace.encoder.versions.catalog;

import dev.millrace.encoder.request.Failure;
import dev.millrace.encoder.request.RequestFailedException;
import dev.millrace.encoder.request.VersionInfo;
import dev.millrace.encoder.serving.LiveModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Which version answers to which name: the channel and its aliases to the served one, a version's name to itself. */
public final class ModelCatalog {
    private final String channel;
    private final Set<String> aliases;
    private final ServedVersion served;
    private final PinnedVersions pinned;

    public ModelCatalog(String channel, Set<String> aliases, ServedVersion served, PinnedVersions pinned) {
        this.channel = channel;
        this.aliases = Set.copyOf(aliases);
        this.served = served;
        this.pinned = pinned;
    }

    public String channel() {
        return channel;
    }

    /** A hold on the version meant, waiting for a pinned one to be loaded; fails with a RequestFailedException. */
    public CompletableFuture<LiveModel.Lease> lease(Optional<String> model) {
        final Optional<LiveModel.Lease> lease = served.lease();
        if (model.isEmpty() || follows(model.get())) {
            return CompletableFuture.completedFuture(lease.orElseThrow(ModelCatalog::nothingServed));
        }
        if (lease.filter(held -> held.info().version().equals(model.get())).isPresent()) {
            return CompletableFuture.completedFuture(lease.get());
        }
        lease.ifPresent(LiveModel.Lease::close);
        return pinned.lease(model.get());
    }

    /** Every version that is in memory to answer. */
    public List<LiveModel> loaded() {
        return Stream.concat(served.model().stream(), pinned.live().stream()).toList();
    }

    /** Every name that answers without loading anything. */
    public List<Named> list() {
        final List<Named> names = new ArrayList<>();
        served.info().ifPresent(info -> {
            names.add(new Named(channel, info));
            aliases.stream().sorted().forEach(alias -> names.add(new Named(alias, info)));
            names.add(new Named(info.version(), info));
        });
        pinned.loaded().stream()
                .filter(info -> names.stream().noneMatch(named -> named.id().equals(info.version())))
                .forEach(info -> names.add(new Named(info.version(), info)));
        return names;
    }

    public Named find(String id) {
        return list().stream()
                .filter(named -> named.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        RequestFailedException.unknownModel(id + " is not loaded here; GET /v1/models lists what is"));
    }

    /** Why one of the versions answers no more, though none of them was retired. */
    public Optional<String> stall(Duration limit) {
        return served.stall(limit).or(() -> pinned.stall(limit));
    }

    public ServedVersion served() {
        return served;
    }

    public PinnedVersions pinned() {
        return pinned;
    }

    /** Takes no more requests; done when the last one is answered and everything is freed. */
    public CompletableFuture<Void> end() {
        return CompletableFuture.allOf(served.end(), pinned.end());
    }

    private boolean follows(String model) {
        return model.equals(channel) || aliases.contains(model);
    }

    private static RequestFailedException nothingServed() {
        return RequestFailedException.of(Failure.NOT_READY, "no version is served yet");
    }

    /** A name and the version it means now. */
    public record Named(String id, VersionInfo version) {}
}
