package dev.millrace.checkpoints.lineage;

import dev.millrace.checkpoints.ancestry.Ancestors;
import dev.millrace.checkpoints.ancestry.Summary;
import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.BucketUnavailableException;
import dev.millrace.checkpoints.bucket.Entry;
import dev.millrace.checkpoints.pointer.Destination;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.pointer.Pointers;
import dev.millrace.checkpoints.pointer.StalePointerException;
import dev.millrace.checkpoints.transfer.Download;
import dev.millrace.checkpoints.transfer.EarlierDownloads;
import dev.millrace.checkpoints.transfer.Publication;
import dev.millrace.checkpoints.transfer.UnknownVersionException;
import dev.millrace.checkpoints.transfer.VersionExistsException;
import dev.millrace.checkpoints.transfer.VersionFiles;
import dev.millrace.checkpoints.version.AlteredVersionException;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Layout;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.VersionName;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Immutable, verified model versions and the pointers that follow them.
 *
 * <p>Every method may throw what {@link Bucket} throws, and IllegalArgumentException for a version or channel name that is not
 * of [a-z0-9][a-z0-9.-]{0,62}; trouble with the local disk is an UncheckedIOException. Safe for use by many threads, and by
 * many processes on one bucket.
 */
public final class CheckpointStore {
    private final Bucket bucket;
    private final Clock clock;
    private final Pointers pointers;
    private final Placements placements = new Placements(this::manifest);

    /** A store in the bucket; the clock stamps manifests and pointers. */
    public CheckpointStore(final Bucket bucket, final Clock clock) {
        this.bucket = bucket;
        this.clock = clock;
        this.pointers = new Pointers(bucket, clock);
    }

    /**
     * Publishes every file of the folder as a version: hashes, sends several at once, and writes the manifest last. A file of
     * the parent's bytes is not sent; the manifest says where it lies. May be repeated after a failure with the same draft and
     * files; it then sends only what is not there, and returns the manifest as first published.
     *
     * @throws VersionExistsException when anything else is there under this name, published or not: take another name
     * @throws IllegalArgumentException when the folder holds a path that no version may have
     */
    public Manifest publish(final Draft draft, final Path folder) {
        return new Publication(bucket, clock).publish(draft, folder);
    }

    /** The names of all published versions, dropped ones included, oldest first ({@link VersionName#OLDEST_FIRST}). */
    public List<String> versions() {
        return bucket.list(Layout.VERSIONS).stream()
                .map(Entry::key)
                .filter(Layout::isInVersion)
                .filter(key -> key.equals(Layout.manifest(Layout.versionOf(key))))
                .map(Layout::versionOf)
                .sorted(VersionName.OLDEST_FIRST)
                .toList();
    }

    /** A version's manifest, empty when there is no such version; AlteredVersionException when it is not well-formed. */
    public Optional<Manifest> manifest(final String version) {
        return new VersionFiles(bucket, version).manifest();
    }

    /**
     * Which of a version's files are not in the bucket, by a listing for each folder that they lie in, and in order of path: none
     * of a whole version, and of one that {@link #retain} dropped all but those that a kept version refers to.
     *
     * @throws UnknownVersionException when there is no manifest
     * @throws AlteredVersionException when the manifest is not well-formed
     */
    public List<String> missingFiles(final String version) {
        final VersionFiles files = new VersionFiles(bucket, version);
        return files.missing(files.requireManifest());
    }

    /**
     * Brings the wanted files of a version to a folder that does not exist yet (or is empty), several at once. They are written
     * to a hidden folder `.download-*` beside it, checked by size and SHA-256, and moved at once: the target is whole or not there.
     *
     * @param wanted says by path inside the version which files to bring
     * @throws UnknownVersionException when there is no manifest
     * @throws DroppedVersionException when a file is missing and nothing points to the version: retention has removed its files,
     *     or is about to
     * @throws AlteredVersionException when a wanted file is missing, short, long or altered, or the manifest malformed
     */
    public Manifest download(final String version, final Path target, final Predicate<String> wanted) {
        return download(version, target, wanted, EarlierDownloads.NONE);
    }

    /** The same, where files that did not change may be on this disk already, of a version downloaded earlier. */
    public Manifest download(
            final String version, final Path target, final Predicate<String> wanted, final EarlierDownloads earlier) {
        return unlessDropped(version, () -> new Download(bucket).toFolder(version, target, wanted, earlier));
    }

    /** Reads every file of a version and compares size and SHA-256; throws like {@link #download}. */
    public Manifest verify(final String version) {
        return unlessDropped(version, () -> new Download(bucket).verify(version));
    }

    /** Compares the wanted files of an earlier download with the version's manifest; throws like {@link #download}. */
    public Manifest verifyCopy(final String version, final Path folder, final Predicate<String> wanted) {
        return new Download(bucket).verifyCopy(version, folder, wanted);
    }

    /** The lineage's tip, empty before the first version; AlteredPointerException when it is not a pointer. */
    public Optional<Pointer> head() {
        return pointers.read(Layout.HEAD);
    }

    /** Where a channel stands, empty when there is none; AlteredPointerException when it is not a pointer. {@code Channel} moves it. */
    public Optional<Pointer> channel(final String name) {
        return pointers.read(Layout.channel(name));
    }

    /** The names of all channels in alphabetical order. */
    public List<String> channels() {
        return bucket.list(Layout.CHANNELS).stream()
                .map(Entry::key)
                .filter(Layout::isChannel)
                .map(Layout::channelName)
                .sorted()
                .toList();
    }

    /**
     * Moves the head by compare-and-swap.
     *
     * @param expected the pointer as last read; empty when there was none
     * @throws StalePointerException when it has moved since; nothing is changed then
     * @throws BucketUnavailableException when it is not known whether it was moved
     * @throws UnknownVersionException when the version has no manifest
     * @throws AlteredVersionException when files of the version are missing or of another size
     */
    public Pointer moveHead(final Optional<Pointer> expected, final String version) {
        return move(Layout.HEAD, expected, Destination.at(version));
    }

    public Pointer moveChannel(final String name, final Optional<Pointer> expected, final Destination to) {
        return move(Layout.channel(name), expected, to);
    }

    /**
     * Removes the files (training state included, manifests never) of every version that is neither kept by the rule, nor what
     * head or a channel points to, nor the parent of such, nor where a channel would be rolled back to; and what publications
     * broken off a day ago have left. Files that a version which stays refers to stay, in whatever folder they lie.
     *
     * <p>Costs some five to ten listings of a few hundred keys, and one for each ten versions that are kept, however long the
     * lineage, but for the first time in a bucket; and one manifest for each version that came since this store's last retention.
     * What no retention had seen, such as versions of a trainer that lost, goes within one retention for each hundred versions.
     *
     * @throws RetentionDeniedException when the keys may not delete; nothing else is wrong then
     * @throws AlteredVersionException when the manifest of a version that stays is not well-formed: which files it needs is not
     *     known then, so none is removed
     */
    public RetentionReport retain(final RetentionRule rule) {
        return new Retention(new Needed(this), placements, bucket, clock).run(rule);
    }

    /** Whether a summary of this version and its ancestors is to be made once the head has moved to it. */
    public boolean isSummaryDue(final String version) {
        return Summary.isDue(version);
    }

    /**
     * Makes the summary that is due at this version, and before it those of its ancestors that are missing; does nothing where none
     * is due. Nothing depends on it but how much has to be read: one that was not made is made with the next.
     */
    public void summarize(final String version) {
        ancestors().summarize(version);
    }

    /** What a version's ancestors come to, without reading them all. */
    public Ancestors ancestors() {
        return new Ancestors(bucket);
    }

    /** Walks from a version to its base and sums what became of the records; reads, and holds, one manifest per ancestor. */
    public Lineage lineage(final String version) {
        return Ancestry.walk(version, this::manifest);
    }

    private Manifest unlessDropped(final String version, final Supplier<Manifest> reading) {
        try {
            return reading.get();
        } catch (AlteredVersionException e) {
            throw mayBeDropped(version) ? new DroppedVersionException(version, e) : e;
        }
    }

    /** Retention is for a lineage: where there is no head, none was at work. */
    private boolean mayBeDropped(final String version) {
        return head().isPresent()
                && !missingFiles(version).isEmpty()
                && !new Needed(this).versions().contains(version);
    }

    private Pointer move(final String key, final Optional<Pointer> expected, final Destination to) {
        final VersionFiles files = new VersionFiles(bucket, to.version());
        files.requireAllThere(files.requireManifest());
        return pointers.move(key, expected, to);
    }
}
