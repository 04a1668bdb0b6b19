package dev.millrace.admin.audit;

/**
 * The records of the topic of pairs beside the manifests; none is negative.
 *
 * @param accepted records on the topic, from where its partitions begin, or from the last summary on where one was used, to where they
 *     ended when the audit began
 * @param waiting those of them behind the head's offsets, which no version has taken yet
 * @param notCompared those that manifests count but that could not be compared, as part of their window is no longer there, or a summary
 *     was taken for it
 * @param lost records that a version passed over: neither applied, nor a repeat, nor set aside
 * @param twice applications of records that had been applied before, or that the topic does not hold
 */
public record TopicTotals(long accepted, long waiting, long notCompared, long lost, long twice) {}
