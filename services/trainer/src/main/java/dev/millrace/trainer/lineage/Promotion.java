package dev.millrace.trainer.lineage;

import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.pointer.StalePointerException;
import dev.millrace.checkpoints.version.Decision;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.VersionName;
import dev.millrace.events.record.CheckpointEvent;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Moves the channels that encoders follow, and tells them: the candidate to every version, stable to those that are
 * trusted.
 */
public final class Promotion {
    private static final Logger LOG = Logger.getLogger(Promotion.class);

    private final Channel candidate;
    private final Channel stable;
    private final Consumer<CheckpointEvent> announcements;
    private final InstantSource clock;
    private final Map<String, CheckpointEvent> unannounced = new TreeMap<>();

    /** Moves these channels; announcements go to {@code announcements}. */
    public Promotion(Channel candidate, Channel stable, Consumer<CheckpointEvent> announcements, InstantSource clock) {
        this.candidate = candidate;
        this.stable = stable;
        this.announcements = announcements;
        this.clock = clock;
    }

    /**
     * Moves the channels on to the head, or leaves them there: to be called for a new head, and again when a lineage is
     * taken up, since whoever moved the head may have died before the channels. A lineage that nobody follows yet is
     * followed from where it is.
     */
    public void follow(Manifest head) {
        announceAll();
        move(candidate, head);
        boolean trusted = head.decision().map(Decision::trusted).orElse(false);
        if (trusted || stable.pointer().isEmpty()) {
            move(stable, head);
        } else {
            head.decision()
                    .ifPresent(decision -> LOG.warnf(
                            "%s is not promoted to %s: %s",
                            head.version(), stable.name(), String.join("; ", decision.broken())));
        }
    }

    /**
     * A channel stays where it is when somebody holds it, when it names this version already or a later one, which
     * another trainer learned meanwhile, or when somebody else moves it at the same moment.
     */
    private void move(Channel channel, Manifest manifest) {
        Optional<Pointer> current = channel.pointer();
        if (current.filter(pointer -> isHeld(channel, pointer) || !isBefore(pointer, manifest))
                .isPresent()) {
            return;
        }
        try {
            channel.promote(current, manifest.version());
        } catch (StalePointerException e) {
            LOG.warnf("%s stays where another hand has just moved it: %s", channel.name(), e.getMessage());
            return;
        }
        moved(channel, manifest);
    }

    /** Encoders that do not hear of it find out by themselves, later; so it is kept until it could be said. */
    private void moved(Channel channel, Manifest manifest) {
        unannounced.put(
                channel.name(),
                new CheckpointEvent(channel.name(), manifest.version(), manifest.space(), clock.instant()));
        announceAll();
    }

    private void announceAll() {
        for (CheckpointEvent event : List.copyOf(unannounced.values())) {
            announcements.accept(event);
            unannounced.remove(event.channel());
        }
    }

    /** Moves the channels on from a base that nothing can load to the one that took its place, unless they are held. */
    public void replace(String unloadable, Manifest base) {
        for (Channel channel : List.of(candidate, stable)) {
            Optional<Pointer> current = channel.pointer();
            if (current.filter(pointer -> pointer.version().equals(unloadable) && !isHeld(channel, pointer))
                    .isPresent()) {
                channel.promote(current, base.version());
                moved(channel, base);
            }
        }
    }

    private static boolean isHeld(Channel channel, Pointer pointer) {
        pointer.hold()
                .ifPresent(reason -> LOG.infof("%s is held at %s: %s", channel.name(), pointer.version(), reason));
        return pointer.hold().isPresent();
    }

    private static boolean isBefore(Pointer pointer, Manifest manifest) {
        return VersionName.OLDEST_FIRST.compare(pointer.version(), manifest.version()) < 0;
    }
}
