package dev.millrace.kernels.threads;

/** Threads that share the parts of a piece of work. */
public interface Crew {
    /** One worker of a team, alone. */
    static Crew alone(int worker, Scratch scratch) {
        return new Crew() {
            @Override
            public int threads() {
                return 1;
            }

            @Override
            public void each(int parts, Work work) {
                for (int part = 0; part < parts; part++) {
                    work.run(worker, scratch, part);
                }
            }
        };
    }

    int threads();

    /** Does all parts, in any order, some at once; returns when all are done. */
    void each(int parts, Work work);

    /** A part of the work; the scratch is its worker's own. */
    interface Work {
        void run(int worker, Scratch scratch, int part);
    }
}
