package dev.millrace.checkpoints.version;

import dev.millrace.checkpoints.bucket.FileEntry;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a version is: written last, never changed, kept for ever. Its file ends with its own hash.
 *
 * @param schema {@link #SCHEMA}
 * @param version its name
 * @param parent the version it was trained from; empty for the base
 * @param space embedding-space id, not blank: vectors of different spaces are not comparable
 * @param files every file by its relative path, `/`-separated, of A-Z a-z 0-9 . _ - only
 * @param topic the topic that the offsets belong to; empty where it is not known: nothing was read yet, or by a version of
 *     Millrace that did not record it
 * @param offsets next Kafka offset by partition name such as `pairs-0`; not negative
 * @param records what became of the records since the parent
 * @param evaluation finite measurements by name
 * @param decision whether it may be promoted, and why; empty where nobody decided, as for a base model
 * @param createdAt when it was published, by the publisher's clock, to the millisecond
 * @param configuration settings it was trained with, by key
 */
public record Manifest(
        int schema,
        String version,
        Optional<String> parent,
        String space,
        SortedMap<String, FileEntry> files,
        Optional<TopicIdentity> topic,
        SortedMap<String, Long> offsets,
        Records records,
        SortedMap<String, Double> evaluation,
        Optional<Decision> decision,
        Instant createdAt,
        SortedMap<String, String> configuration) {

    /** The only schema there is so far. */
    public static final int SCHEMA = 1;

    /** Copies the maps; refuses values out of range with an IllegalArgumentException that names the component. */
    public Manifest {
        if (schema != SCHEMA) {
            throw new IllegalArgumentException("schema: " + schema + " is not " + SCHEMA);
        }
        Checks.version(version, parent);
        Checks.space(space);
        Names.paths(files);
        files = Checks.copy(files);
        offsets = Checks.offsets(offsets);
        evaluation = Checks.evaluation(evaluation);
        configuration = Checks.copy(configuration);
    }

    public static Manifest of(final Draft draft, final SortedMap<String, FileEntry> files, final Instant createdAt) {
        return new Manifest(
                SCHEMA,
                draft.version(),
                draft.parent(),
                draft.space(),
                files,
                draft.topic(),
                draft.offsets(),
                draft.records(),
                draft.evaluation(),
                draft.decision(),
                createdAt,
                draft.configuration());
    }

    public boolean sameButForTime(final Manifest other) {
        return equals(of(other.draft(), other.files, createdAt));
    }

    private Draft draft() {
        return new Draft(version, parent, space, topic, offsets, records, evaluation, decision, configuration);
    }
}
