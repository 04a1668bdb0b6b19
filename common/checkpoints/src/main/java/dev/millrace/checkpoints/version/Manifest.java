package dev.millrace.checkpoints.version;

import dev.millrace.checkpoints.bucket.FileEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a version is: written last, never changed, kept for ever. Its file ends with its own hash.
 *
 * @param schema {@link #SCHEMA}, or {@link #SCHEMA_WITH_HOMES} where a file lies elsewhere: a reader that does not look there has
 *     to refuse it
 * @param version its name
 * @param parent the version it was trained from; empty for the base
 * @param space embedding-space id, not blank: vectors of different spaces are not comparable
 * @param files every file by its relative path, `/`-separated, of A-Z a-z 0-9 . _ - only
 * @param homes by path, the version in whose folder a file lies that did not change since; files that are not named here lie in
 *     this version's own. A home is where the bytes are and never refers on
 * @param topic the topic that the offsets belong to; empty where it is not known: nothing was read yet, or by a version of
 *     Millrace that did not record it
 * @param offsets next Kafka offset by partition name such as `pairs-0`; not negative
 * @param records what became of the records since the parent
 * @param evaluation finite measurements by name
 * @param decision whether it may be promoted, and why; empty where nobody decided, as for a base model
 * @param createdAt when it was published, all its files being there, by the publisher's clock, to the millisecond
 * @param configuration settings it was trained with, by key
 */
public record Manifest(
        int schema,
        String version,
        Optional<String> parent,
        String space,
        SortedMap<String, FileEntry> files,
        SortedMap<String, String> homes,
        Optional<TopicIdentity> topic,
        SortedMap<String, Long> offsets,
        Records records,
        SortedMap<String, Double> evaluation,
        Optional<Decision> decision,
        Instant createdAt,
        SortedMap<String, String> configuration) {

    /** Of a version all of whose files lie in its own folder. */
    public static final int SCHEMA = 1;

    /** Of a version that refers to files of others. */
    public static final int SCHEMA_WITH_HOMES = 2;

    /** Copies the maps; refuses values out of range with an IllegalArgumentException that names the component. */
    public Manifest {
        Checks.schema(schema, schemaOf(homes));
        Checks.version(version, parent);
        Checks.space(space);
        Names.paths(files);
        files = Checks.copy(files);
        homes = Checks.homes(homes, version, files.keySet());
        offsets = Checks.offsets(offsets);
        evaluation = Checks.evaluation(evaluation);
        configuration = Checks.copy(configuration);
    }

    /** Of a draft, when its files are where {@code homes} says. */
    public static Manifest of(
            final Draft draft,
            final SortedMap<String, FileEntry> files,
            final SortedMap<String, String> homes,
            final Instant createdAt) {
        return new Manifest(
                schemaOf(homes),
                draft.version(),
                draft.parent(),
                draft.space(),
                files,
                homes,
                draft.topic(),
                draft.offsets(),
                draft.records(),
                draft.evaluation(),
                draft.decision(),
                createdAt,
                draft.configuration());
    }

    private static int schemaOf(final SortedMap<String, String> homes) {
        return homes.isEmpty() ? SCHEMA : SCHEMA_WITH_HOMES;
    }

    /** The version in whose folder a file of this one lies: most often itself. */
    public String home(final String path) {
        return homes.getOrDefault(path, version);
    }

    /** The key of the object that a file of this version is. */
    public String key(final String path) {
        return Layout.file(home(path), path);
    }

    /** To be read after what is wrong with a file: in whose folder to look for it, where that is another's. */
    public String place(final String path) {
        return homes.containsKey(path) ? " in the folder of version " + home(path) : "";
    }

    /** The paths of the files that lie in this version's own folder. */
    public List<String> own() {
        return files.keySet().stream().filter(path -> !homes.containsKey(path)).toList();
    }

    /** Whether it is what publishing this draft with these files makes, at whatever time and wherever they lie. */
    public boolean publishes(final Draft draft, final SortedMap<String, FileEntry> content) {
        return draft().equals(draft) && files.equals(content);
    }

    private Draft draft() {
        return new Draft(version, parent, space, topic, offsets, records, evaluation, decision, configuration);
    }
}
