package dev.millrace.admin.init;

import java.util.List;

/**
 * One thing that an installation needs, as it is after {@code init}.
 *
 * @param kind {@code topic} or {@code bucket}
 * @param name its name
 * @param state whether it was there
 * @param found what it is like, to be read after the state; may be empty
 * @param misfits what does not fit, each naming the setting, its value and the wanted one; empty when all fits
 */
record Prepared(String kind, String name, State state, List<String> found, List<String> misfits) {

    /** Whether a thing was there, was made, or is missing as nothing was to be made. */
    enum State {
        THERE,
        MADE,
        MISSING
    }

    /** Copies the lists. */
    Prepared {
        found = List.copyOf(found);
        misfits = List.copyOf(misfits);
    }

    boolean fits() {
        return state != State.MISSING && misfits.isEmpty();
    }
}
