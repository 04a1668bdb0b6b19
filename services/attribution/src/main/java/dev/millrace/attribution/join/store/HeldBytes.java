package dev.millrace.attribution.join.store;

/**
 * What waits in all partitions of this process together, in bytes: they share one heap. Above the bound those partitions that hold more
 * than an equal share have to give way, so that a flood of one does not close what waits in the others.
 */
public final class HeldBytes {
    private final long most;
    private long held;
    private int holders;

    /** {@code most}: of all partitions. */
    public HeldBytes(long most) {
        this.most = most;
    }

    /** Of all partitions. */
    public synchronized long held() {
        return held;
    }

    synchronized void enter() {
        holders++;
    }

    synchronized void leave(long own) {
        holders--;
        held -= own;
    }

    synchronized void change(long by) {
        held += by;
    }

    synchronized boolean mustGiveWay(long own) {
        return held > most && own > most / Math.max(1, holders);
    }
}
