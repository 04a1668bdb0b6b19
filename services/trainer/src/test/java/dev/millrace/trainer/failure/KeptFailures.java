package dev.millrace.trainer.failure;

/** A memory that outlives what would be a process. */
final class KeptFailures implements FailureMemory {
    private Failures kept = Failures.NONE;

    @Override
    public Failures read() {
        return kept;
    }

    @Override
    public void keep(Failures failures) {
        kept = failures;
    }
}
