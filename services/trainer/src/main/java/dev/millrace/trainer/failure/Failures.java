package dev.millrace.trainer.failure;

import dev.millrace.trainer.stream.Window;
import dev.millrace.trainer.stream.Window.Entry;
import java.util.List;

/**
 * How far things have come with windows that could not be learned: all that a process has to know of the one before it.
 *
 * @param inARow windows that failed since one was learned
 * @param searching whether the next window's texts are to be tried one by one
 * @param narrowed how many pairs the next window is to have; 0: as many as usual
 * @param condemned pairs that could not be learned alone and have not been met again
 * @param setAsides pairs in a row that were set aside
 */
record Failures(int inARow, boolean searching, int narrowed, List<Condemned> condemned, int setAsides) {
    static final Failures NONE = new Failures(0, false, 0, List.of(), 0);

    Failures {
        if (inARow < 0 || narrowed < 0 || setAsides < 0) {
            throw new IllegalArgumentException("failures are counted from 0");
        }
        condemned = List.copyOf(condemned);
    }

    /**
     * A pair that could not be learned alone.
     *
     * @param partition as {@code TOPIC-NUMBER}
     * @param offset its place there
     * @param id of the pair, since the topic may be another one by now
     * @param reason why it could not
     */
    record Condemned(String partition, long offset, String id, String reason) {
        static Condemned of(Entry entry, String id, String reason) {
            return new Condemned(entry.partition().toString(), entry.offset(), id, reason);
        }

        boolean isAt(Entry entry) {
            return offset == entry.offset()
                    && partition.equals(entry.partition().toString());
        }

        boolean isIn(Window window) {
            return window.records().stream().anyMatch(this::isAt);
        }
    }
}
