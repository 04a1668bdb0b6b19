package dev.millrace.operator.scale;

import dev.millrace.operator.progress.Backlog;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * What the number of trainers is decided by.
 *
 * @param replicas how many there are to be at present
 * @param backlog empty where it is not known
 * @param room for how many more there are GPUs, looked up only when there are to be more; empty: they need none
 */
public record Situation(int replicas, Optional<Backlog> backlog, Supplier<OptionalInt> room) {}
