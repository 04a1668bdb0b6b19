package dev.millrace.embedding.objective.seen;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.objective.batch.Teacher;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/**
 * What a loss sees beside the vectors.
 *
 * @param teacher [u, t] unit vectors of the batch's texts by another encoder
 * @param guide see {@link Teacher#guide}
 * @param momentum what the momentum encoder sees
 * @param parameters the objective's own, by name: leaves of a graph
 */
public record Context(
        Optional<NDArray> teacher, OptionalDouble guide, Optional<Keys> momentum, Map<String, NDArray> parameters) {

    public static Context of(PtNDManager scope, TrainingBatch batch, Map<String, NDArray> parameters) {
        return new Context(
                batch.teacher().map(other -> scope.create(other.vectors())),
                batch.teacher().map(Teacher::guide).orElse(OptionalDouble.empty()),
                batch.momentum().map(seen -> Keys.of(scope, seen, batch.roles().identities())),
                parameters);
    }

    /** The same as arrays that belong to a scope, as does what is made of them, and lead back to the leaves. */
    public Context within(PtNDManager scope) {
        UnaryOperator<NDArray> seen = array -> seen(scope, array);
        Map<String, NDArray> own = new HashMap<>();
        parameters.forEach((name, leaf) -> own.put(name, seen(scope, leaf)));
        return new Context(teacher.map(seen), guide, momentum.map(keys -> keys.map(seen)), own);
    }

    /** The same with vectors of this encoder's cut as its others are. */
    Context cut(UnaryOperator<NDArray> vectors) {
        return new Context(teacher, guide, momentum.map(keys -> keys.map(vectors)), parameters);
    }

    NDArray parameter(String name) {
        return Optional.ofNullable(parameters.get(name))
                .orElseThrow(
                        () -> new IllegalArgumentException("the encoder was not loaded for an objective with " + name));
    }

    Keys keys() {
        return momentum.orElseThrow(() -> new IllegalArgumentException("the batch has no momentum encoder beside it"));
    }

    public static NDArray seen(PtNDManager scope, NDArray array) {
        NDArray seen = array.reshape(array.getShape());
        seen.attach(scope);
        return seen;
    }
}
