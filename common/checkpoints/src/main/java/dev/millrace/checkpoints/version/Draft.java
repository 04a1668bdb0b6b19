package dev.millrace.checkpoints.version;

import java.util.Optional;
import java.util.SortedMap;

/**
 * A version about to be published: a {@link Manifest} without what publishing adds (files, time).
 *
 * @param version its name, new to the bucket, of [a-z0-9][a-z0-9.-]{0,62}
 * @param parent the version it was trained from; empty for the base
 * @param space embedding-space id, not blank: vectors of different spaces are not comparable
 * @param topic the topic that the offsets belong to; empty where it is not known: nothing was read yet, or by a version of
 *     Millrace that did not record it
 * @param offsets next Kafka offset by partition name such as `pairs-0`; not negative
 * @param records what became of the records since the parent
 * @param evaluation finite measurements by name
 * @param decision whether it may be promoted, and why; empty where nobody decided, as for a base model
 * @param configuration settings it was trained with, by key; never a secret
 */
public record Draft(
        String version,
        Optional<String> parent,
        String space,
        Optional<TopicIdentity> topic,
        SortedMap<String, Long> offsets,
        Records records,
        SortedMap<String, Double> evaluation,
        Optional<Decision> decision,
        SortedMap<String, String> configuration) {

    /** Copies the maps; refuses values out of range with an IllegalArgumentException that names the component. */
    public Draft {
        Checks.version(version, parent);
        Checks.space(space);
        offsets = Checks.offsets(offsets);
        evaluation = Checks.evaluation(evaluation);
        configuration = Checks.copy(configuration);
    }
}
