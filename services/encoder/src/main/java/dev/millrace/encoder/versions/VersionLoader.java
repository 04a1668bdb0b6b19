package dev.millrace.encoder.versions;

import dev.millrace.checkpoints.AlteredVersionException;
import dev.millrace.checkpoints.BucketException;
import dev.millrace.checkpoints.CheckpointStore;
import dev.millrace.checkpoints.Manifest;
import dev.millrace.checkpoints.UnknownVersionException;
import dev.millrace.encoder.serving.BatchLimits;
import dev.millrace.encoder.serving.LiveModel;
import dev.millrace.encoder.serving.ModelLoader;
import dev.millrace.encoder.serving.ModelThread;
import dev.millrace.encoder.serving.TrackRecord;
import dev.millrace.encoder.serving.VersionInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;

/** From a version's name to a warm, checked model beside the serving one; used by the reload thread only. */
public final class VersionLoader {
    private final CheckpointStore store;
    private final VersionFolders folders;
    private final ModelLoader models;
    private final BatchLimits limits;
    private final LongSupplier nanoTime;

    public VersionLoader(
            CheckpointStore store,
            VersionFolders folders,
            ModelLoader models,
            BatchLimits limits,
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
        } catch (UnknownVersionException retired) {
            return new LoadOutcome.Unknown(version);
        } catch (AlteredVersionException altered) {
            return new LoadOutcome.Refused(version, LoadOutcome.Fault.ALTERED, altered.getMessage());
        } catch (BucketException | IOException | UncheckedIOException failure) {
            return new LoadOutcome.Unavailable(version, failure.toString());
        }
    }

    private LoadOutcome start(Manifest manifest, Path folder) throws IOException {
        final String version = manifest.version();
        final ModelThread thread;
        try {
            thread = ModelThread.start(version, () -> models.load(folder), limits, new TrackRecord(nanoTime));
        } catch (CompletionException unloadable) {
            return new LoadOutcome.Refused(
                    version, LoadOutcome.Fault.UNLOADABLE, String.valueOf(unloadable.getCause()));
        }
        final Optional<String> flaw = check(thread, folder);
        if (flaw.isPresent()) {
            thread.close();
            return new LoadOutcome.Refused(version, LoadOutcome.Fault.UNFIT, flaw.get());
        }
        thread.record().clear();
        final VersionInfo info = new VersionInfo(version, manifest.space(), manifest.createdAt());
        return new LoadOutcome.Ready(new LiveModel(info, thread));
    }

    private static Optional<String> check(ModelThread thread, Path folder) {
        try {
            ModelCheck.run(thread, folder);
            return Optional.empty();
        } catch (UnfitModelException unfit) {
            return Optional.of(unfit.getMessage());
        } catch (IOException malformed) {
            return Optional.of(ModelCheck.GOLDEN + " cannot be read: " + malformed.getMessage());
        }
    }
}
