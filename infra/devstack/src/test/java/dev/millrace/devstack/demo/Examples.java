package dev.millrace.devstack.demo;

import dev.millrace.devstack.demo.data.Example;
import java.util.List;
import java.util.Optional;

/** Examples for tests. */
public final class Examples {
    private Examples() {}

    public static Example of(String query, String document) {
        return new Example(query, query, document, List.of(), Optional.empty(), "all");
    }

    public static Example of(String query, String document, String group) {
        return new Example(query, query, document, List.of(), Optional.of(group), group);
    }
}
