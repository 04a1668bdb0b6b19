package dev.millrace.admin.audit.chain;

import java.util.ArrayList;
import java.util.List;

/** What the parts of one audit have to say, in the order they say it. */
public final class Findings {
    private final List<Finding> wrong = new ArrayList<>();
    private final List<Finding> notes = new ArrayList<>();

    /** Something is wrong. */
    public void wrong(String subject, String line) {
        wrong.add(new Finding(subject, line));
    }

    /** Nothing is wrong, but this is worth knowing, or could not be compared. */
    public void note(String subject, String line) {
        notes.add(new Finding(subject, line));
    }

    /** What is wrong. */
    public List<Finding> wrong() {
        return wrong;
    }

    /** What else there is to say. */
    public List<Finding> notes() {
        return notes;
    }
}
