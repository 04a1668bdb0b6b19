package dev.millrace.encoder;

import dev.millrace.embedding.space.SpaceAdapter;
import dev.millrace.embedding.space.SpaceFit;
import dev.millrace.encoder.request.RequestFailedException;
import dev.millrace.encoder.request.VersionInfo;
import dev.millrace.encoder.serving.FittedSpace;
import dev.millrace.encoder.serving.LiveModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What the vectors of one request are to fit.
 *
 * @param info what the answer says of them
 * @param adapter empty where they stay as the version makes them
 */
record AskedSpace(VersionInfo info, Optional<SpaceAdapter> adapter) {
    private static final String FIELD = "space";

    /** Of a version's own name it is what it makes anyway; any other space has to be known: a guess would find something, too. */
    static AskedSpace of(Optional<String> asked, LiveModel.Lease version) {
        return asked.filter(name -> !name.equals(version.info().version()))
                .map(name -> fitted(name, version))
                .orElseGet(() -> new AskedSpace(version.info(), Optional.empty()));
    }

    private static AskedSpace fitted(String name, LiveModel.Lease version) {
        final FittedSpace space = version.space(name)
                .orElseThrow(() -> RequestFailedException.invalid(
                        FIELD, "is none that " + version.info().version() + " fits; GET /v1/spaces lists those"));
        final SpaceFit fit = space.fit()
                .orElseThrow(() -> RequestFailedException.invalid(
                        FIELD, "has no way into it from " + version.info().version() + ": " + space.trouble()));
        return new AskedSpace(version.info().adaptedTo(name), Optional.of(fit.adapter()));
    }

    /** Not on the thread that completes the vectors, which is the model's. */
    CompletableFuture<List<float[]>> adapted(List<float[]> vectors) {
        return adapter.map(way -> CompletableFuture.supplyAsync(
                        () -> vectors.stream().map(way::apply).toList()))
                .orElseGet(() -> CompletableFuture.completedFuture(vectors));
    }
}
