package dev.millrace.trainer.failure;

/** What a process leaves to the next, should it be killed over a window. */
interface FailureMemory {
    /** What was kept last; {@link Failures#NONE} where nothing was, or nothing that can be read. */
    Failures read();

    /** Keeps them in place of those before; as well as can be, since a memory that is lost costs tries only. */
    void keep(Failures failures);
}
