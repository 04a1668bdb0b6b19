package dev.millrace.trainer.lineage;

import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Route;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * How a lineage is computed, which is recorded with every version of it: its trainers follow the first of them, so that a version's bytes do
 * not depend on whose processor learned it.
 */
public final class ComputedAs {
    /** Under which a manifest's configuration states it. */
    static final String ROUTE = "route";

    private static final Logger LOG = Logger.getLogger(ComputedAs.class);
    private static final String STATE = "training-state";

    private ComputedAs() {}

    /**
     * Options by the route of the version in this folder; this machine's own where none is recorded.
     *
     * @param explicit whether a person has named the precision: then it stays, and a lineage of another is computed so from here on
     */
    public static EncoderOptions lineage(Path version, EncoderOptions own, boolean explicit) {
        Optional<Route> recorded = Route.recorded(version.resolve(STATE));
        recorded.filter(route -> !route.equals(own.route()))
                .ifPresent(route -> LOG.infof(
                        "the lineage is computed by \"%s\"; this trainer alone would compute by \"%s\"",
                        route, own.route()));
        EncoderOptions options = recorded.filter(route -> !explicit || route.precision() == own.precision())
                .map(own::with)
                .orElse(own);
        LOG.infof("computing by \"%s\" with %d threads", options.route(), options.threads());
        return options;
    }

    /** Records in the folder of a lineage's first version what its configuration states. */
    static void record(SortedMap<String, String> configuration, Path version) {
        Optional.ofNullable(configuration.get(ROUTE))
                .map(Route::parse)
                .ifPresent(route -> route.record(version.resolve(STATE)));
    }

    /** The configuration with what a version was in fact computed by. */
    static SortedMap<String, String> stated(SortedMap<String, String> configuration, Route route) {
        SortedMap<String, String> stated = new TreeMap<>(configuration);
        stated.put("precision", route.precision().name());
        stated.put(ROUTE, route.toString());
        return stated;
    }
}
