package dev.millrace.checkpoints.ancestry;

/** What a look for the summary of a version and its ancestors found. */
public sealed interface SummaryLook {

    /** None is due at this version. */
    record NotDue() implements SummaryLook {}

    /** One is due, and there is none: manifests have to be read instead. */
    record Missing(String version) implements SummaryLook {}

    /** What is there is not to be trusted, and why: manifests have to be read instead. */
    record Altered(String version, String reason) implements SummaryLook {}

    /** It is of the version's manifest as it lies there, and so are the summaries that it rests on as it names them. */
    record Usable(Summary summary) implements SummaryLook {}
}
