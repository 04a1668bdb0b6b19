package dev.millrace.evaluation.vectors;

/** Hears how far a measurement is, on the thread that asked for it; may throw to end it. */
@FunctionalInterface
public interface Progress {
    Progress SILENT = done -> {};

    /** So many rows were compared so far, of as many as there are. */
    void done(int rows);
}
