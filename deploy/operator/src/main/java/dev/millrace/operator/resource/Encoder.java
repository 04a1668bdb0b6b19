package dev.millrace.operator.resource;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A text encoder that keeps learning: what it begins as, from what it learns, and where it serves. */
@Group("millrace.dev")
@Version("v1alpha1")
@ShortNames("enc")
public final class Encoder extends CustomResource<EncoderSpec, EncoderStatus> implements Namespaced {
    private static final long serialVersionUID = 1;

    /** Nothing is made up for what was not written: a record has no constructor without arguments. */
    @Override
    protected EncoderSpec initSpec() {
        return null;
    }

    @Override
    protected EncoderStatus initStatus() {
        return null;
    }
}
