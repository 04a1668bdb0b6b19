package dev.millrace.operator.chart;

import dev.millrace.operator.resource.Encoder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What makes a rendered object one of an encoder's: whose it is, who manages it, and where it lies. */
public final class Ownership {
    public static final String MANAGER = "millrace-operator";
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    private static final int DIGITS = 8;

    private Ownership() {}

    /** The object as the encoder's own. */
    public static GenericKubernetesResource of(Encoder owner, GenericKubernetesResource rendered) {
        final GenericKubernetesResource owned = new GenericKubernetesResource();
        owned.setApiVersion(rendered.getApiVersion());
        owned.setKind(rendered.getKind());
        owned.setAdditionalProperties(rendered.getAdditionalProperties());
        owned.setMetadata(new ObjectMetaBuilder(rendered.getMetadata())
                .withName(name(rendered))
                .withNamespace(owner.getMetadata().getNamespace())
                .addToLabels(MANAGED_BY, MANAGER)
                .withOwnerReferences(reference(owner))
                .build());
        return owned;
    }

    /** Whether the object that is there is the encoder's; another's of the same name is never touched. */
    public static boolean owns(Encoder owner, HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .anyMatch(reference ->
                        reference.getUid().equals(owner.getMetadata().getUid()));
    }

    /**
     * A job cannot be changed. Helm numbers revisions, an operator has none: a job that would be another gets another
     * name.
     */
    private static String name(GenericKubernetesResource rendered) {
        final String name = rendered.getMetadata().getName();
        if (!rendered.getKind().equals("Job")) {
            return name;
        }
        return name.replaceFirst("\\d+$", "")
                + digest(rendered.getAdditionalProperties().toString());
    }

    private static String digest(String text) {
        try {
            final byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OwnerReference reference(Encoder owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }
}
