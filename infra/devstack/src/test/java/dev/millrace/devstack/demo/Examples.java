package dev.millrace.devstack.demo;

import java.util.List;
import java.util.Optional;

/** Examples for tests. */
final class Examples {
    private Examples() {}

    static Example of(String query, String document) {
        return new Example(query, query, document, List.of(), Optional.empty(), "all");
    }

    static Example of(String query, String document, String group) {
        return new Example(query, query, document, List.of(), Optional.of(group), group);
    }
}
