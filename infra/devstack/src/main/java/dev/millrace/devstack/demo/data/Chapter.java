package dev.millrace.devstack.demo.data;

import java.util.List;

/** A stretch of the stream whose texts are of one kind; chapters arrive one after the other, so the stream drifts. */
public record Chapter(String name, List<Example> examples) {
    public Chapter {
        examples = List.copyOf(examples);
    }

    public List<String> documents() {
        return examples.stream().map(Example::document).distinct().toList();
    }
}
