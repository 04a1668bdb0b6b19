package dev.millrace.admin.audit;

import java.util.ArrayList;
import java.util.List;

/** What the parts of one audit have to say, in the order they say it. */
final class Findings {
    private final List<Finding> wrong = new ArrayList<>();
    private final List<Finding> notes = new ArrayList<>();

    void wrong(String subject, String line) {
        wrong.add(new Finding(subject, line));
    }

    void note(String subject, String line) {
        notes.add(new Finding(subject, line));
    }

    List<Finding> wrong() {
        return wrong;
    }

    List<Finding> notes() {
        return notes;
    }
}
