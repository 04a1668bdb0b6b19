package dev.millrace.trainer.learning.state;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The ids of the newest pairs, so that a repeat is found; a repeat older than the horizon is not. */
public final class SeenIds {
    private final int horizon;
    private final Set<String> ids;

    public SeenIds(int horizon, List<String> oldestFirst) {
        this.horizon = horizon;
        ids = new LinkedHashSet<>(oldestFirst);
    }

    /** Whether the id is new; it is seen from now on. */
    public boolean add(String id) {
        boolean isNew = ids.add(id);
        forget();
        return isNew;
    }

    /** Whether the id was seen. */
    public boolean knows(String id) {
        return ids.contains(id);
    }

    private void forget() {
        Iterator<String> oldest = ids.iterator();
        while (ids.size() > horizon) {
            oldest.next();
            oldest.remove();
        }
    }

    List<String> oldestFirst() {
        return List.copyOf(ids);
    }
}
