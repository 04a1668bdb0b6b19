package dev.millrace.checkpoints.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.bucket.Entry;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.transfer.LocalFolder;
import dev.millrace.checkpoints.version.Layout;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.VersionName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Files that change or stay, versions that come and go: what is kept is whole, and nothing else is there. */
final class SharedFilesTest {
    private static final int FILES = 4;

    @Property(tries = 40)
    void what_is_kept_is_whole_and_nothing_else_is_there(
            @ForAll @Size(min = 1, max = 20) final List<@IntRange(max = 63) Integer> steps,
            @ForAll @IntRange(min = 1, max = 4) final int newest,
            @ForAll @IntRange(max = 5) final int minutes)
            throws IOException {
        // Given a lineage that begins
        final Path folder = Files.createTempDirectory("shared-files");
        final Lines lines = new Lines(folder, newest, minutes);
        lines.publish(Optional.empty(), 15);
        for (final int step : steps) {
            // When
            lines.take(step);
            final RetentionReport report = lines.retain();
            // Then
            assertThat(report.kept()).containsExactlyInAnyOrderElementsOf(lines.expected());
            for (final String version : report.kept()) {
                lines.assertWhole(version);
            }
            assertThat(lines.files())
                    .containsAll(lines.needed(report.kept()))
                    .isSubsetOf(lines.needed(lines.staying()));
        }
        new LocalFolder(folder).delete();
    }

    /** Trainers, people and a retention, by numbers; and what each version consists of, kept apart. */
    private static final class Lines {
        private final Minutes clock = new Minutes();
        private final InMemoryBucket bucket = new InMemoryBucket(clock);
        private final CheckpointStore store = new CheckpointStore(bucket, clock);
        private final List<String> oldestFirst = new ArrayList<>();
        private final Map<String, Integer> minutes = new HashMap<>();
        private final Map<String, Integer> neededAt = new HashMap<>();
        private final Map<String, Map<String, Integer>> contents = new HashMap<>();
        private final Path folder;
        private final RetentionRule rule;
        private final int keptMinutes;

        Lines(final Path folder, final int newest, final int keptMinutes) {
            this.folder = folder;
            this.rule = new RetentionRule(newest, Duration.ofMinutes(keptMinutes));
            this.keptMinutes = keptMinutes;
        }

        /** In half of all steps a trainer wins; in the others a rival loses, a channel moves or the head goes back. */
        void take(final int step) throws IOException {
            final Optional<String> head = store.head().map(Pointer::version);
            final int changed = step % 16;
            switch (step / 8) {
                case 0 -> publish(parentOf(head), changed);
                case 1 -> new Channel(store, "stable").promote(head.orElseThrow());
                case 2 -> parentOf(head).filter(this::isWhole).ifPresent(to -> store.moveHead(store.head(), to));
                case 3 -> write(head, changed);
                default -> publishAndMove(head, changed);
            }
        }

        private Optional<String> parentOf(final Optional<String> version) {
            return version.flatMap(store::manifest).flatMap(Manifest::parent);
        }

        private boolean isWhole(final String version) {
            return store.missingFiles(version).isEmpty();
        }

        void publish(final Optional<String> parent, final int changed) throws IOException {
            if (oldestFirst.isEmpty()) {
                publishAndMove(parent, changed);
            } else {
                write(parent, changed);
            }
        }

        private void publishAndMove(final Optional<String> parent, final int changed) throws IOException {
            store.moveHead(store.head(), write(parent, changed));
        }

        /** Each file whose bit is set has bytes of its own; the others have the parent's. */
        private String write(final Optional<String> parent, final int changed) throws IOException {
            clock.passed++;
            final String nonce = "%08x".formatted(oldestFirst.size());
            final String version = parent.flatMap(VersionName::parse)
                    .map(name -> name.next(nonce))
                    .orElse(new VersionName(0, nonce))
                    .toString();
            final Map<String, Integer> content =
                    new TreeMap<>(contents.getOrDefault(parent.orElse(""), new TreeMap<>()));
            final Path files = Files.createDirectories(folder.resolve(version));
            for (int i = 0; i < FILES; i++) {
                if ((changed >> i & 1) == 1 || parent.isEmpty()) {
                    content.put("file" + i, oldestFirst.size());
                }
                Files.writeString(files.resolve("file" + i), "of " + content.get("file" + i));
            }
            store.publish(parent.map(name -> Drafts.child(version, name)).orElse(Drafts.base(version)), files);
            oldestFirst.add(version);
            contents.put(version, content);
            minutes.put(version, clock.passed);
            return version;
        }

        RetentionReport retain() {
            final RetentionReport report = store.retain(rule);
            new Needed(store).versions().forEach(version -> neededAt.put(version, clock.passed));
            return report;
        }

        /** Those that are needed or were a short time ago, new or young. */
        Set<String> staying() {
            final Set<String> staying = new HashSet<>(new Needed(store).versions());
            oldestFirst.stream()
                    .skip(Math.max(0, oldestFirst.size() - rule.keepNewest()))
                    .forEach(staying::add);
            Stream.of(minutes, neededAt)
                    .flatMap(times -> times.entrySet().stream())
                    .filter(version -> keptMinutes > 0 && clock.passed - version.getValue() <= keptMinutes)
                    .forEach(version -> staying.add(version.getKey()));
            return staying;
        }

        /** But for those that went before they were needed again. */
        Set<String> expected() {
            return staying().stream().filter(this::isWhole).collect(Collectors.toSet());
        }

        void assertWhole(final String version) throws IOException {
            final Path copy = Files.createTempDirectory(folder, "copy").resolve(version);
            store.download(version, copy, path -> true);
            for (final Map.Entry<String, Integer> file : contents.get(version).entrySet()) {
                assertThat(copy.resolve(file.getKey())).hasContent("of " + file.getValue());
            }
        }

        Set<String> files() {
            return bucket.list(Layout.VERSIONS).stream()
                    .map(Entry::key)
                    .filter(key -> !key.endsWith(Layout.MANIFEST))
                    .collect(Collectors.toSet());
        }

        Set<String> needed(final Collection<String> kept) {
            return kept.stream()
                    .map(version -> store.manifest(version).orElseThrow())
                    .flatMap(manifest -> IntStream.range(0, FILES).mapToObj(i -> manifest.key("file" + i)))
                    .collect(Collectors.toSet());
        }
    }
}
