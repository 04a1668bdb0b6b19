package dev.millrace.operator.scale;

/** How many trainers there are to be, and why, in a few words. */
public record Decision(int replicas, String reason) {}
