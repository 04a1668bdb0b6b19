package dev.millrace.operator;

import dev.millrace.operator.apply.ObjectId;
import dev.millrace.operator.scale.Decision;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;

/** What is to be there, and why so many trainers. */
record Plan(List<GenericKubernetesResource> objects, Decision trainers) {
    List<ObjectId> ids() {
        return objects.stream().map(ObjectId::of).toList();
    }
}
