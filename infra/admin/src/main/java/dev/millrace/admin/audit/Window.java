package dev.millrace.admin.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The topic's records between the offsets of a version's parent and its own. */
final class Window {
    private final List<String> ids = new ArrayList<>();
    private long invalid;

    void add(Optional<String> id) {
        id.ifPresentOrElse(ids::add, () -> invalid++);
    }

    /** Ids of its valid pairs, repeats included. */
    List<String> ids() {
        return ids;
    }

    long invalid() {
        return invalid;
    }

    long total() {
        return ids.size() + invalid;
    }
}
