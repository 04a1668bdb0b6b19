package dev.millrace.encoder.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.millrace.encoder.versions.catalog.ModelCatalog;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** {@code GET /v1/models}: which names can be asked for, and which version and space each means now. */
@Path("/v1/models")
@Produces(MediaType.APPLICATION_JSON)
public final class ModelsResource {
    private final ModelCatalog catalog;

    @Inject
    public ModelsResource(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    @GET
    public ModelsAnswer list() {
        return new ModelsAnswer("list", catalog.list().stream().map(this::entry).toList());
    }

    @GET
    @Path("/{id}")
    public ModelEntry one(@PathParam("id") String id) {
        return entry(catalog.find(id));
    }

    private ModelEntry entry(ModelCatalog.Named named) {
        return new ModelEntry(
                named.id(),
                "model",
                named.version().createdAt().getEpochSecond(),
                "millrace",
                named.version().version(),
                named.version().space(),
                catalog.channel());
    }

    /** OpenAI's list. */
    public record ModelsAnswer(String object, List<ModelEntry> data) {}

    /** OpenAI's model with the version, space and channel behind it. */
    public record ModelEntry(
            String id,
            String object,
            long created,
            @JsonProperty("owned_by") String ownedBy,
            String version,
            String space,
            String channel) {}
}
