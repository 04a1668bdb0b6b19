package dev.millrace.trainer.lineage;

import dev.millrace.checkpoints.bucket.BucketUnavailableException;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.trainer.learning.evaluate.GoldenTexts;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What the channel of trusted versions serves: users' indexes hold that version's vectors, so drift is measured from
 * them, whoever moved the channel there. For one thread.
 */
public final class ServedVersion {
    private static final Logger LOG = Logger.getLogger(ServedVersion.class);

    private final CheckpointStore store;
    private final Channel stable;
    private final WorkFolder work;
    private Optional<Served> latest = Optional.empty();

    /** Looks at this channel. */
    public ServedVersion(CheckpointStore store, Channel stable, WorkFolder work) {
        this.store = store;
        this.stable = stable;
        this.work = work;
    }

    /**
     * A version that is served.
     *
     * @param version its name
     * @param refused whether the gate did not trust it, so that a person promoted it
     * @param golden the golden texts as it sees them; none where it says nothing of them
     */
    public record Served(String version, boolean refused, GoldenTexts golden) {}

    /**
     * What is served at present.
     *
     * @param promotionUnderWay whether the channel is about to move on to a version that is trusted, unless it is held
     * @return empty where the channel is about to move, nothing is served or the bucket is away
     */
    public Optional<Served> look(boolean promotionUnderWay) {
        try {
            Optional<Pointer> pointer = stable.pointer();
            if (promotionUnderWay && pointer.flatMap(Pointer::hold).isEmpty()) {
                return Optional.empty();
            }
            return pointer.map(at -> read(at.version()));
        } catch (BucketUnavailableException e) {
            LOG.debug("the served version was not looked at", e);
            return Optional.empty();
        }
    }

    private Served read(String version) {
        if (latest.filter(known -> known.version().equals(version)).isEmpty()) {
            Path folder = work.version("served");
            Manifest manifest = store.download(version, folder, GoldenTexts.FILE::equals);
            boolean refused =
                    manifest.decision().filter(decision -> !decision.trusted()).isPresent();
            latest = Optional.of(new Served(version, refused, GoldenTexts.read(folder)));
            work.discard(folder);
        }
        return latest.orElseThrow();
    }
}
