package dev.millrace.encoder.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.millrace.embedding.space.SpaceFit;
import dev.millrace.encoder.config.EncoderConfig;
import dev.millrace.encoder.request.VersionInfo;
import dev.millrace.encoder.serving.FittedSpace;
import dev.millrace.encoder.versions.catalog.ServedVersion;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;

/** {@code GET /v1/spaces}: which indexes of older versions the served one searches, how much it finds, and whether a rebuild is due. */
@Path("/v1/spaces")
@Produces(MediaType.APPLICATION_JSON)
public final class SpacesResource {
    private final ServedVersion served;
    private final double leastRecall;

    @Inject
    public SpacesResource(ServedVersion served, EncoderConfig config) {
        this.served = served;
        leastRecall = config.spaces().leastRecall();
    }

    @GET
    public SpacesAnswer list() {
        return new SpacesAnswer(
                "list",
                served.info().map(VersionInfo::version),
                leastRecall,
                served.spaces().stream().map(this::entry).toList());
    }

    private SpaceEntry entry(FittedSpace space) {
        return new SpaceEntry(
                space.name(),
                "space",
                space.builtWith(),
                space.fit().map(SpaceFit::method),
                space.fit().map(SpaceFit::recall),
                space.isRebuildDue(leastRecall),
                Optional.of(space.trouble()).filter(words -> !words.isEmpty()));
    }

    /**
     * All of them.
     *
     * @param version that is served, which the figures are of
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record SpacesAnswer(
            String object,
            Optional<String> version,
            @JsonProperty("least_recall") double leastRecall,
            List<SpaceEntry> data) {}

    /** One of them. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record SpaceEntry(
            String id,
            String object,
            @JsonProperty("built_with") String builtWith,
            Optional<String> method,
            Optional<Double> recall,
            @JsonProperty("rebuild_due") boolean rebuildDue,
            Optional<String> trouble) {}
}
