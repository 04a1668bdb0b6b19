package dev.millrace.encoder.versions.load;

import dev.millrace.checkpoints.bucket.BucketException;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.lineage.DroppedVersionException;
import dev.millrace.checkpoints.transfer.UnknownVersionException;
import dev.millrace.checkpoints.version.AlteredVersionException;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.encoder.request.VersionInfo;
import dev.millrace.encoder.serving.LiveModel;
import dev.millrace.encoder.serving.ModelLimits;
import dev.millrace.encoder.serving.ModelLoader;
import dev.millrace.encoder.serving.ModelThread;
import dev.millrace.encoder.serving.TrackRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** From a version's name to a warm, checked model beside the serving one; used by the reload thread only. */
public final class VersionLoader {
    private final CheckpointStore store;
    private final VersionFolders folders;
    private final ModelLoader models;
    private final ModelLimits limits;
    private final LongSupplier nanoTime;
    /** Of each space's vectors, as its first version gave them. */
    private final Map<String, Integer> dimensions = new HashMap<>();

    public VersionLoader(
            CheckpointStore store,
            VersionFolders folders,
            ModelLoader models,
            ModelLimits limits,
            LongSupplier nanoTime) {
        this.store = store;
        this.folders = folders;
        this.models = models;
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    public LoadOutcome load(String version) {
        try {
            final Optional<Manifest> manifest = store.manifest(version);
            return manifest.isEmpty()
                    ? new LoadOutcome.Unknown(version)
                    : start(manifest.get(), folders.obtain(version));
        } catch (UnknownVersionException | DroppedVersionException retired) {
            return new LoadOutcome.Unknown(version);
        } catch (AlteredVersionException altered) {
            return new LoadOutcome.Refused(
                    version, LoadOutcome.Fault.ALTERED, altered.getMessage(), CompletableFuture.completedFuture(null));
        } catch (BucketException | IOException | UncheckedIOException failure) {
            return new LoadOutcome.Unavailable(version, failure.toString());
        }
    }

    private LoadOutcome start(Manifest manifest, Path folder) {
        final String version = manifest.version();
        final ModelThread thread =
                ModelThread.start(version, () -> models.load(folder), limits, new TrackRecord(nanoTime));
        folders.keepUntil(version, thread.closed());
        try {
            thread.awaitLoaded(limits.loading());
            ModelCheck.run(thread, folder, limits.loading());
            requireSpace(manifest.space(), thread.dimensions());
        } catch (CompletionException failure) {
            return refused(version, thread, reasonOf(failure.getCause()));
        } catch (UnfitModelException unfit) {
            return refused(version, thread, new Reason(LoadOutcome.Fault.UNFIT, unfit.getMessage()));
        }
        thread.record().clear();
        final VersionInfo info = new VersionInfo(version, manifest.space(), manifest.createdAt());
        return new LoadOutcome.Ready(new LiveModel(info, thread));
    }

    /** A caller's index is made for one space: vectors of another length would break it without a word. */
    private void requireSpace(String space, int given) {
        final int usual = dimensions.computeIfAbsent(space, first -> given);
        if (usual != given) {
            throw new UnfitModelException(
                    "config.json",
                    "makes vectors of %d numbers, those of space %s have %d".formatted(given, space, usual));
        }
    }

    private Reason reasonOf(Throwable cause) {
        return cause instanceof TimeoutException
                ? new Reason(LoadOutcome.Fault.HUNG, "was not ready within " + limits.loading())
                : new Reason(LoadOutcome.Fault.UNLOADABLE, String.valueOf(cause));
    }

    private static LoadOutcome refused(String version, ModelThread thread, Reason reason) {
        thread.close();
        return new LoadOutcome.Refused(version, reason.fault(), reason.words(), thread.closed());
    }

    private record Reason(LoadOutcome.Fault fault, String words) {}
}
