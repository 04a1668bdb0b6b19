package dev.millrace.trainer.lineage;

import dev.millrace.checkpoints.Channel;
import dev.millrace.checkpoints.CheckpointStore;
import dev.millrace.checkpoints.Manifest;
import dev.millrace.checkpoints.Pointer;
import dev.millrace.checkpoints.StalePointerException;
import dev.millrace.checkpoints.VersionName;
import dev.millrace.events.CheckpointEvent;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Moves the channel that encoders follow, and tells them. */
public final class Promotion {
    private static final Logger LOG = Logger.getLogger(Promotion.class);

    private final Channel channel;
    private final Consumer<CheckpointEvent> announcements;
    private final InstantSource clock;

    /** Moves {@code channel}; announcements go to {@code announcements}. */
    public Promotion(
            CheckpointStore store, String channel, Consumer<CheckpointEvent> announcements, InstantSource clock) {
        this.channel = new Channel(store, channel);
        this.announcements = announcements;
        this.clock = clock;
    }

    /**
     * Lets the channel name this version. It stays where it is when somebody holds it, when it names a later version already,
     * which another trainer learned meanwhile, or when somebody else moves it at the same moment.
     */
    public void promote(Manifest manifest) {
        Optional<Pointer> current = channel.pointer();
        if (current.filter(pointer -> isHeld(pointer) || isAfter(pointer, manifest))
                .isPresent()) {
            return;
        }
        try {
            channel.promote(current, manifest.version());
        } catch (StalePointerException e) {
            LOG.warnf("%s stays where another hand has just moved it: %s", channel.name(), e.getMessage());
            return;
        }
        announcements.accept(
                new CheckpointEvent(channel.name(), manifest.version(), manifest.space(), clock.instant()));
    }

    private boolean isHeld(Pointer pointer) {
        pointer.hold()
                .ifPresent(reason -> LOG.infof("%s is held at %s: %s", channel.name(), pointer.version(), reason));
        return pointer.hold().isPresent();
    }

    private static boolean isAfter(Pointer pointer, Manifest manifest) {
        return VersionName.OLDEST_FIRST.compare(pointer.version(), manifest.version()) > 0;
    }

    /** A lineage that nobody follows yet: the crash of a first start fell between head and channel. */
    public void promoteIfNew(Manifest manifest) {
        if (channel.pointer().isEmpty()) {
            promote(manifest);
        }
    }
}
