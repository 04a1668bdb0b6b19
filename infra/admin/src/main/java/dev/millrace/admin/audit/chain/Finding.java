package dev.millrace.admin.audit.chain;

/**
 * One thing an audit has to say.
 *
 * @param subject what it is about: a version, a partition, a channel, or the head
 * @param line what is the matter, to be read after the subject
 */
public record Finding(String subject, String line) {
    @Override
    public String toString() {
        return subject + ": " + line;
    }
}
