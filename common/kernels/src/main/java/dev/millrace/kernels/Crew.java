package dev.millrace.kernels;

/** Threads that share the parts of a piece of work. */
interface Crew {
    /** The thread that calls, alone. */
    static Crew alone(Scratch scratch) {
        return (parts, work) -> {
            for (int part = 0; part < parts; part++) {
                work.run(0, scratch, part);
            }
        };
    }

    /** Does all parts, in any order, some at once; returns when all are done. */
    void each(int parts, Work work);

    /** A part of the work; the scratch is its worker's own. */
    interface Work {
        void run(int worker, Scratch scratch, int part);
    }
}
