package dev.millrace.operator.apply;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What belongs to an encoder, as its status says. An object is written down before it is applied, so that whatever is
 * killed whenever, what is no longer wanted is known and goes.
 */
public record Inventory(Set<ObjectId> objects) {
    public static Inventory of(Collection<String> written) {
        return new Inventory(written.stream().map(ObjectId::parse).collect(LinkedHashSet::new, Set::add, Set::addAll));
    }

    /** Whether all of these may be applied. */
    public boolean holds(Collection<ObjectId> wanted) {
        return objects.containsAll(wanted);
    }

    public List<ObjectId> missing(Collection<ObjectId> wanted) {
        return wanted.stream().filter(id -> !objects.contains(id)).toList();
    }

    /** What is there, or may be, and is not wanted any more. */
    public List<ObjectId> besides(Collection<ObjectId> wanted) {
        return objects.stream().filter(id -> !wanted.contains(id)).toList();
    }

    /** To be written down before these are applied. */
    public List<String> with(Collection<ObjectId> wanted) {
        return Stream.concat(objects.stream(), wanted.stream())
                .distinct()
                .map(ObjectId::toString)
                .toList();
    }
}
