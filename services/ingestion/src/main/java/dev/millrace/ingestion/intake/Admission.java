package dev.millrace.ingestion.intake;

/**
 * Bounds what waits for the broker, in records and in bytes. A batch enters as a whole or not at all; an idle service
 * lets any one batch in, so that no batch is too large for ever.
 */
public final class Admission {
    private final long maxRecords;
    private final long maxBytes;
    private long records;
    private long bytes;

    public Admission(long maxRecords, long maxBytes) {
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
    }

    synchronized boolean tryEnter(long newRecords, long newBytes) {
        final boolean fits = records + newRecords <= maxRecords && bytes + newBytes <= maxBytes;
        if (records > 0 && !fits) {
            return false;
        }
        records += newRecords;
        bytes += newBytes;
        return true;
    }

    synchronized void leave(long oldBytes) {
        records--;
        bytes -= oldBytes;
    }

    public synchronized long records() {
        return records;
    }

    public synchronized long bytes() {
        return bytes;
    }
}
