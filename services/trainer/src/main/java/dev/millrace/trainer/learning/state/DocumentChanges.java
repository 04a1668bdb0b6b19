package dev.millrace.trainer.learning.state;

import java.util.List;
import java.util.Optional;

/**
 * What became of documents since they were last looked at.
 *
 * @param anew whether nothing from before counts any more, since the topic is another one
 * @param changes in the order of partitions and offsets
 * @param setAside how many records were none, and are dead letters
 * @param place up to where they were read
 */
public record DocumentChanges(boolean anew, List<Change> changes, int setAside, DocumentPlace place) {
    /** The text that an id has from now on; empty: it was deleted. */
    public record Change(String id, Optional<String> text) {}
}
