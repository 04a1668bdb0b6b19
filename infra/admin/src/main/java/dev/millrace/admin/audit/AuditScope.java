package dev.millrace.admin.audit;

/**
 * How much an audit looks at.
 *
 * @param files whether to read and hash every file, which takes as long as downloading them
 * @param deep whether to read every manifest, and every record that is on the topic, instead of those since the last summary
 */
public record AuditScope(boolean files, boolean deep) {
    /** All there is. */
    public static final AuditScope EVERYTHING = new AuditScope(true, true);
}
