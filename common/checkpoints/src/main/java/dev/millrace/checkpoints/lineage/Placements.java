package dev.millrace.checkpoints.lineage;

import dev.millrace.checkpoints.version.Manifest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where the files of versions lie, as their manifests say. Those never change, so each is read once, while no more than a
 * thousand others are asked for. Safe for use by many threads.
 */
final class Placements {
    /** Some kilobytes each: the keys of some thirty files. */
    private static final int REMEMBERED = 1_000;

    private final Function<String, Optional<Manifest>> manifests;
    private final Map<String, Placement> known = new LinkedHashMap<>(16, 0.75f, true);

    Placements(final Function<String, Optional<Manifest>> manifests) {
        this.manifests = manifests;
    }

    /** Empty where there is no manifest; AlteredVersionException when it is not well-formed. */
    synchronized Optional<Placement> of(final String version) {
        final Optional<Placement> remembered = Optional.ofNullable(known.get(version));
        if (remembered.isPresent()) {
            return remembered;
        }
        final Optional<Placement> read = manifests.apply(version).map(Placement::of);
        read.ifPresent(placement -> remember(version, placement));
        return read;
    }

    private void remember(final String version, final Placement placement) {
        if (known.size() == REMEMBERED) {
            known.remove(known.keySet().iterator().next());
        }
        known.put(version, placement);
    }

    /**
     * Of one version.
     *
     * @param publishedAt when it was published
     * @param keys of its files, in whatever folders
     */
    record Placement(Instant publishedAt, Set<String> keys) {

        static Placement of(final Manifest manifest) {
            final Set<String> keys =
                    manifest.files().keySet().stream().map(manifest::key).collect(Collectors.toUnmodifiableSet());
            return new Placement(manifest.createdAt(), keys);
        }
    }
}
