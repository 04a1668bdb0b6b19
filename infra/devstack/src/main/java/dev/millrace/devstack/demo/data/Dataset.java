package dev.millrace.devstack.demo.data;

import java.util.List;

/**
 * What is posted and what is asked.
 *
 * @param name what the screen calls it
 * @param chapters the stream, in order of arrival
 * @param heldOut never posted; their documents are the candidates, their queries the questions
 * @param notes how the data was cut, for the screen and the report
 */
public record Dataset(String name, List<Chapter> chapters, List<Example> heldOut, List<String> notes) {
    public Dataset {
        chapters = List.copyOf(chapters);
        heldOut = List.copyOf(heldOut);
        notes = List.copyOf(notes);
    }

    /** Pairs of the stream. */
    public int size() {
        return chapters.stream().mapToInt(chapter -> chapter.examples().size()).sum();
    }
}
