package dev.millrace.encoder.versions.spaces;

import dev.millrace.checkpoints.bucket.BucketException;
import dev.millrace.checkpoints.space.AlteredSpaceException;
import dev.millrace.checkpoints.space.Space;
import dev.millrace.checkpoints.space.Spaces;
import dev.millrace.encoder.serving.FittedSpace;
import dev.millrace.encoder.serving.LiveModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * The spaces in the bucket, and an adapter into each for every version that is loaded: before it serves, and for what comes later
 * when it is seen. Used by the reload thread only.
 */
public final class KnownSpaces {
    private static final Logger LOG = Logger.getLogger(KnownSpaces.class);

    private final Spaces spaces;
    private final Limits limits;
    private final InstantSource clock;
    private final SpaceFitter fitter;
    private final Map<String, Space> known = new TreeMap<>();
    private final Set<String> leftOut = new TreeSet<>();
    private Instant nextLook = Instant.MIN;

    public KnownSpaces(Spaces spaces, Limits limits, InstantSource clock) {
        this.spaces = spaces;
        this.limits = limits;
        this.clock = clock;
        fitter = new SpaceFitter(limits.patience());
    }

    /**
     * What it may cost.
     *
     * @param most spaces that are fitted; with 0 the bucket is not asked
     * @param pause between two looks at the bucket
     * @param patience with a model, for some texts
     */
    public record Limits(int most, Duration pause, Duration patience) {}

    /** Looks for new ones where that is due, and fits those versions to them that serve already. */
    public void refresh(List<LiveModel> loaded) {
        if (look()) {
            loaded.forEach(this::fitKnown);
        }
    }

    /** Fits a version that is about to serve to all there are. */
    public void fit(LiveModel model) {
        look();
        fitKnown(model);
    }

    private boolean look() {
        if (limits.most() == 0 || clock.instant().isBefore(nextLook)) {
            return false;
        }
        nextLook = clock.instant().plus(limits.pause());
        try {
            follow(spaces.names());
            return true;
        } catch (BucketException away) {
            LOG.warnf("Spaces were not looked at: %s", away.getMessage());
            return false;
        }
    }

    private void follow(List<String> names) {
        known.keySet().retainAll(names);
        leftOut.retainAll(names);
        for (String name : names) {
            if (known.size() < limits.most() && !known.containsKey(name)) {
                read(name);
            } else if (!known.containsKey(name)) {
                leaveOut(name, "more than " + limits.most() + " are there (millrace.encoder.spaces.most)");
            }
        }
    }

    private void read(String name) {
        try {
            spaces.read(name).ifPresent(space -> {
                known.put(name, space);
                leftOut.remove(name);
            });
        } catch (AlteredSpaceException altered) {
            leaveOut(name, altered.getMessage());
        }
    }

    /** Said once. */
    private void leaveOut(String name, String reason) {
        if (leftOut.add(name)) {
            LOG.errorf("Space %s is left out: %s", name, reason);
        }
    }

    private void fitKnown(LiveModel model) {
        Map<String, FittedSpace> fitted = new TreeMap<>(model.spaces());
        fitted.keySet().retainAll(known.keySet());
        for (Space space : known.values()) {
            if (!fitted.containsKey(space.name())) {
                fitted(model, space).ifPresent(found -> fitted.put(space.name(), found));
            }
        }
        model.fitted(fitted);
    }

    /** A version that gives no vectors for these texts serves all the same. */
    private Optional<FittedSpace> fitted(LiveModel model, Space space) {
        final Optional<LiveModel.Lease> lease = model.lease();
        if (lease.isEmpty()) {
            return Optional.empty();
        }
        final long start = System.nanoTime();
        try (LiveModel.Lease held = lease.get()) {
            final FittedSpace found = fitter.fit(held, space);
            say(model, found, Duration.ofNanos(System.nanoTime() - start));
            return Optional.of(found);
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "%s was not fitted to space %s", model.info().version(), space.name());
            return Optional.of(FittedSpace.unfit(space.name(), space.version(), "fitting failed: " + failure));
        }
    }

    private static void say(LiveModel model, FittedSpace found, Duration took) {
        LOG.infof(
                "%s in space %s: %s, in %d ms",
                model.info().version(),
                found.name(),
                found.fit()
                        .map(fit -> "%s, recall %.3f".formatted(fit.method(), fit.recall()))
                        .orElse(found.trouble()),
                took.toMillis());
    }
}
