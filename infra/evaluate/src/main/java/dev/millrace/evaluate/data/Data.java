package dev.millrace.evaluate.data;

import dev.millrace.evaluation.retrieval.Question;
import java.util.List;
import java.util.Optional;

/** What an encoder is asked. */
public sealed interface Data {
    /** Of the file or folder. */
    String name();

    /** How it was read. */
    Kind kind();

    /**
     * Queries that rank documents.
     *
     * @param documents each a document of its own, though two may have the same text
     * @param questions what answers each query
     * @param notes what was left out, in words
     */
    record Retrieval(
            String name,
            Kind kind,
            List<String> queries,
            List<String> documents,
            List<Question> questions,
            List<String> notes)
            implements Data {}

    /** Two texts each, and how alike they are. */
    record Graded(String name, List<String> left, List<String> right, double[] labels) implements Data {
        @Override
        public Kind kind() {
            return Kind.GRADED;
        }
    }

    /**
     * Texts of classes.
     *
     * @param learned what a probe learns on
     * @param asked what it is asked; empty: the same texts, by cross validation
     * @param classes their names; labels are places in it
     */
    record Labelled(String name, Labels learned, Optional<Labels> asked, List<String> classes) implements Data {
        @Override
        public Kind kind() {
            return Kind.LABELLED;
        }
    }

    /** Texts and the class of each. */
    record Labels(List<String> texts, int[] labels) {}

    /** Texts of which nothing is known. */
    record Texts(String name, List<String> texts) implements Data {
        @Override
        public Kind kind() {
            return Kind.TEXTS;
        }
    }
}
