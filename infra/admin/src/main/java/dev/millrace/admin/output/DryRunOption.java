package dev.millrace.admin.output;

import picocli.CommandLine.Option;

/** The option {@code --dry-run} of every command that changes something. */
public final class DryRunOption {
    @Option(names = "--dry-run", description = "change nothing; say what would be done")
    private boolean dryRun;

    /** Whether nothing may be changed. */
    public boolean wanted() {
        return dryRun;
    }
}
