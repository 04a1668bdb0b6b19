package dev.millrace.checkpoints.ancestry;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Layout;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.ManifestJson;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.checkpoints.version.VersionName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Manifests without files, put into a bucket as they lie there, with a head that grows and is taken back. The seed decides all. */
final class Tree {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    final List<Manifest> published = new ArrayList<>();
    private final Bucket bucket;
    private final Random random;
    private int topic;
    private boolean recordsTopics = true;
    private Manifest head;

    /** With a base. */
    Tree(final Bucket bucket, final long seed) {
        this.bucket = bucket;
        this.random = new Random(seed);
        this.head = plant(Optional.empty(), Records.NONE, 0);
    }

    /** The head's version. */
    String head() {
        return head.version();
    }

    /** Grows by so many versions; {@code each} is told of the new head after every one. */
    void grow(final int versions, final java.util.function.Consumer<String> each) {
        for (int i = 0; i < versions; i++) {
            final Records records =
                    new Records(random.nextInt(100), random.nextInt(10), random.nextInt(10), random.nextInt(3));
            head = plant(Optional.of(head), records, stands() + records.total());
            each.accept(head());
        }
    }

    /** Takes the head back by so many versions, or to the base. */
    void back(final int versions) {
        for (int i = 0; i < versions && head.parent().isPresent(); i++) {
            head = parent(head);
        }
    }

    /** A version that accepts another topic from its beginning. */
    void adopt() {
        topic++;
        head = plant(Optional.of(head), Records.NONE, 0);
    }

    /** From here on manifests say which topic they were learned from, or do not. */
    void recordTopics(final boolean wanted) {
        recordsTopics = wanted;
    }

    /** A child whose offsets go back. */
    void goBack() {
        head = plant(Optional.of(head), new Records(1, 0, 0, 0), stands() - 1);
    }

    private Manifest parent(final Manifest child) {
        final String name = child.parent().orElseThrow();
        return published.stream()
                .filter(manifest -> manifest.version().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private long stands() {
        return head.offsets().getOrDefault("pairs-0", 0L);
    }

    private Manifest plant(final Optional<Manifest> parent, final Records records, final long offset) {
        final String nonce = "%08x".formatted(published.size());
        final String version = parent.flatMap(before -> VersionName.parse(before.version()))
                .map(name -> name.next(nonce))
                .orElse(new VersionName(0, nonce))
                .toString();
        final Optional<TopicIdentity> identity = recordsTopics && parent.isPresent()
                ? Optional.of(new TopicIdentity("pairs", "topic-" + topic, 1))
                : Optional.empty();
        final Draft draft = new Draft(
                version,
                parent.map(Manifest::version),
                "space-1",
                identity,
                new TreeMap<>(Map.of("pairs-0", offset)),
                records,
                new TreeMap<>(),
                Optional.empty(),
                new TreeMap<>());
        final Manifest manifest = Manifest.of(draft, new TreeMap<>(), new TreeMap<>(), NOW);
        bucket.put(Layout.manifest(version), ManifestJson.write(manifest), Condition.ALWAYS);
        published.add(manifest);
        return manifest;
    }
}
