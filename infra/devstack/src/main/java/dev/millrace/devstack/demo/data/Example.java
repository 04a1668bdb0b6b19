package dev.millrace.devstack.demo.data;

import java.util.List;
import java.util.Optional;

/**
 * A question and the document that answers it.
 *
 * @param id stable over runs; becomes the posted pair's id
 * @param group texts of one group answer each other, so none of them counts as wrong
 * @param domain the row of the report it is counted in
 */
public record Example(
        String id, String query, String document, List<String> negatives, Optional<String> group, String domain) {
    public Example {
        negatives = List.copyOf(negatives);
    }
}
