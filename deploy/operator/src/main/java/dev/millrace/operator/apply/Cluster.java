package dev.millrace.operator.apply;

import dev.millrace.operator.chart.Ownership;
import dev.millrace.operator.condition.Trouble;
import dev.millrace.operator.condition.TroubleException;
import dev.millrace.operator.resource.Encoder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NamespaceableResource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An encoder's objects in the cluster. */
public final class Cluster {
    private static final int NOT_FOUND = 404;
    /** How the client says that it asked the API server for the kind, and there is none. */
    private static final String UNKNOWN_KIND = "Could not find a registered handler";

    /** What the API server makes of an object that cannot be so: trying it again does not help. */
    private static final Set<Integer> REFUSALS = Set.of(400, 403, 422);

    private final KubernetesClient client;

    public Cluster(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Looks whether objects that are to be made are there already.
     *
     * @throws TroubleException when one is, and is another's
     */
    public void refuseForeign(Encoder owner, Collection<ObjectId> missing) {
        for (final ObjectId id : missing) {
            found(owner, id).filter(object -> !Ownership.owns(owner, object)).ifPresent(object -> {
                throw new TroubleException(new Trouble(
                        "ForeignObject",
                        "%s is there and not this encoder's: uninstall the Helm release of that name or delete it,"
                                        .formatted(id)
                                + " or give the encoder another name"));
            });
        }
    }

    /**
     * Makes the object what is wanted, and leaves alone what others say of it, such as a number that an autoscaler set.
     *
     * @throws TroubleException when the API server refuses it
     */
    public void apply(GenericKubernetesResource object) {
        final ObjectId id = ObjectId.of(object);
        try {
            client.resource(object)
                    .fieldManager(Ownership.MANAGER)
                    .forceConflicts()
                    .serverSideApply();
        } catch (KubernetesClientException e) {
            throw refusal(id, e);
        }
    }

    /** Takes it away with all that it made, if it is there and the encoder's. */
    public void remove(Encoder owner, ObjectId id) {
        if (found(owner, id).filter(object -> Ownership.owns(owner, object)).isPresent()) {
            resource(owner, id)
                    .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                    .delete();
        }
    }

    /** How the encoder's pods do, by component. */
    public List<Workload> workloads(Encoder owner) {
        final String namespace = owner.getMetadata().getNamespace();
        final Map<String, String> labels = Map.of(
                "app.kubernetes.io/instance", owner.getMetadata().getName(), Ownership.MANAGED_BY, Ownership.MANAGER);
        return Stream.concat(
                        client.apps().deployments().inNamespace(namespace).withLabels(labels).list().getItems().stream()
                                .map(Workload::of),
                        client
                                .apps()
                                .statefulSets()
                                .inNamespace(namespace)
                                .withLabels(labels)
                                .list()
                                .getItems()
                                .stream()
                                .map(Workload::of))
                .sorted(Comparator.comparing(Workload::component))
                .toList();
    }

    /** Says something that is to be read after the encoder is gone. */
    public void tell(Encoder encoder, Trouble news) {
        final String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        client.resource(new EventBuilder()
                        .withNewMetadata()
                        .withGenerateName(encoder.getMetadata().getName() + "-")
                        .withNamespace(encoder.getMetadata().getNamespace())
                        .endMetadata()
                        .withInvolvedObject(new ObjectReferenceBuilder()
                                .withApiVersion(encoder.getApiVersion())
                                .withKind(encoder.getKind())
                                .withNamespace(encoder.getMetadata().getNamespace())
                                .withName(encoder.getMetadata().getName())
                                .withUid(encoder.getMetadata().getUid())
                                .build())
                        .withReason(news.reason())
                        .withMessage(news.message())
                        .withType("Normal")
                        .withNewSource(Ownership.MANAGER, null)
                        .withFirstTimestamp(now)
                        .withLastTimestamp(now)
                        .withCount(1)
                        .build())
                .create();
    }

    /** Of a kind that the cluster does not have there is none. */
    private Optional<GenericKubernetesResource> found(Encoder owner, ObjectId id) {
        try {
            return Optional.ofNullable(resource(owner, id).get());
        } catch (KubernetesClientException e) {
            if (isUnknownKind(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private NamespaceableResource<GenericKubernetesResource> resource(Encoder owner, ObjectId id) {
        return client.resource(id.in(owner.getMetadata().getNamespace()));
    }

    private static TroubleException refusal(ObjectId id, KubernetesClientException failure) {
        if (isUnknownKind(failure)) {
            return new TroubleException(missingKind(id));
        }
        if (REFUSALS.contains(failure.getCode())) {
            return new TroubleException(new Trouble("Refused", id + ": " + reason(failure)));
        }
        throw failure;
    }

    private static boolean isUnknownKind(KubernetesClientException failure) {
        return failure.getCode() == NOT_FOUND
                || String.valueOf(failure.getMessage()).startsWith(UNKNOWN_KIND);
    }

    private static Trouble missingKind(ObjectId id) {
        return new Trouble(
                "MissingKind",
                "the cluster has no %s of %s: install what defines it, or switch off what asks for it (%s)"
                        .formatted(id.kind(), id.apiVersion(), id.name()));
    }

    /** The API server's own sentence, which names the field. */
    private static String reason(KubernetesClientException failure) {
        return Optional.ofNullable(failure.getStatus())
                .flatMap(status -> Optional.ofNullable(status.getMessage()))
                .orElseGet(() -> String.valueOf(failure.getMessage()));
    }
}
