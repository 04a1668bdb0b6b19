package dev.millrace.bench.curve;

import dev.millrace.devstack.demo.measure.HeldOutMeasure;
import dev.millrace.devstack.demo.measure.Questions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The held-out pairs: every query ranks all candidates, whoever made the vectors. */
record Examination(Questions questions) {

    /** What is to be encoded: queries, then candidates. */
    List<String> texts() {
        return Stream.concat(questions.queryTexts().stream(), questions.candidates().stream())
                .toList();
    }

    /** Share of queries whose first document is right, from the vectors of {@link #texts()}. */
    double hitAt1(float[][] vectors) {
        int queries = questions.queries().size();
        List<float[]> all = Arrays.asList(vectors);
        return new HeldOutMeasure(questions)
                .of(all.subList(0, queries), all.subList(queries, all.size()))
                .all()
                .hitAt(1);
    }
}
