package dev.millrace.checkpoints.space;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.DecisiveWrite;
import dev.millrace.checkpoints.bucket.Entry;
import dev.millrace.checkpoints.bucket.PreconditionFailedException;
import dev.millrace.checkpoints.version.Layout;
import java.util.List;
import java.util.Optional;

/**
 * The spaces of indexes that are in use: {@code spaces/NAME.json}, written once and never changed. Methods throw what {@link Bucket}
 * throws, and IllegalArgumentException for a name that is none. Safe for use by many threads and processes.
 */
public record Spaces(Bucket bucket) {
    /** The names in alphabetical order. */
    public List<String> names() {
        return bucket.list(Layout.SPACES).stream()
                .map(Entry::key)
                .filter(Layout::isSpace)
                .map(Layout::spaceName)
                .sorted()
                .toList();
    }

    /**
     * The space of this name, empty where there is none.
     *
     * @throws AlteredSpaceException when it is not as it was written
     */
    public Optional<Space> read(final String name) {
        return bucket.get(Layout.space(name)).map(stored -> {
            try {
                return SpaceJson.parse(name, stored.body());
            } catch (IllegalArgumentException e) {
                throw new AlteredSpaceException(name, e.getMessage());
            }
        });
    }

    /**
     * Writes a new space; the same again is no error.
     *
     * @throws SpaceExistsException when there is another one of this name
     * @throws IllegalArgumentException when it is larger than {@link Bucket#MAX_GET_BYTES}
     */
    public void write(final Space space) {
        final byte[] body = SpaceJson.write(space);
        if (body.length > Bucket.MAX_GET_BYTES) {
            throw new IllegalArgumentException("texts: " + space.texts().size() + " of them with their vectors come to "
                    + body.length + " bytes, more than " + Bucket.MAX_GET_BYTES);
        }
        try {
            new DecisiveWrite(bucket).put(Layout.space(space.name()), body, Condition.IF_ABSENT);
        } catch (PreconditionFailedException there) {
            throw new SpaceExistsException(space.name());
        }
    }

    /** Removes a space whose index is not searched any more; one that is not there is no error. */
    public void remove(final String name) {
        bucket.delete(Layout.space(name));
    }
}
