package dev.millrace.evaluate.data;

import java.util.List;

/** What members and columns are called, here and elsewhere. */
final class Names {
    static final List<String> ID = List.of("_id", "id");
    static final List<String> TEXT = List.of("text", "sentence", "anchor");
    static final List<String> LEFT = List.of("sentence1", "text1", "anchor");
    static final List<String> RIGHT = List.of("sentence2", "text2", "positive");
    static final List<String> SCORE = List.of("score", "label", "similarity");
    static final List<String> CLASS = List.of("label", "category", "intent", "class");
    static final List<String> ANCHOR = List.of("anchor");
    static final List<String> POSITIVE = List.of("positive");

    private Names() {}
}
