package dev.millrace.devstack.demo.data;

/** A line of the user's file that is left out, counted from 1. */
record SkippedLine(long number, String reason) {
    @Override
    public String toString() {
        return "line " + number + " skipped: " + reason;
    }
}
