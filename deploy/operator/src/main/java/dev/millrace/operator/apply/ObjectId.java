package dev.millrace.operator.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/** An object of the encoder's namespace. */
public record ObjectId(String apiVersion, String kind, String name) {
    public static ObjectId of(GenericKubernetesResource object) {
        return new ObjectId(
                object.getApiVersion(), object.getKind(), object.getMetadata().getName());
    }

    /** As {@link #toString} writes it; names and kinds have no slash, an apiVersion may. */
    public static ObjectId parse(String text) {
        final int name = text.lastIndexOf('/');
        final int kind = text.lastIndexOf('/', name - 1);
        return new ObjectId(text.substring(0, kind), text.substring(kind + 1, name), text.substring(name + 1));
    }

    /** Enough of the object to ask for it. */
    GenericKubernetesResource in(String namespace) {
        final GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion(apiVersion);
        object.setKind(kind);
        object.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
        return object;
    }

    @Override
    public String toString() {
        return apiVersion + "/" + kind + "/" + name;
    }
}
