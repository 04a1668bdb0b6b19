package dev.millrace.bench.curve;

import dev.millrace.bench.command.Results;
import dev.millrace.bench.speed.LearningSettings;
import dev.millrace.bench.speed.LearningStep;
import dev.millrace.devstack.demo.data.Dataset;
import dev.millrace.devstack.demo.data.Example;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The pairs of every step, drawn once: epoch after epoch, each shuffled anew. */
record DataOrder(List<Example> drawn, LearningSettings settings) {
    DataOrder {
        drawn = List.copyOf(drawn);
    }

    static DataOrder of(Dataset data, LearningSettings settings, long seed) {
        int count = settings.steps() * settings.batch();
        Random random = new Random(seed);
        List<Example> epoch = new ArrayList<>();
        data.chapters().forEach(chapter -> epoch.addAll(chapter.examples()));
        List<Example> drawn = new ArrayList<>();
        while (drawn.size() < count) {
            Collections.shuffle(epoch, random);
            drawn.addAll(epoch);
        }
        return new DataOrder(drawn.subList(0, count), settings);
    }

    LearningStep step(int index) {
        int from = index * settings.batch();
        return LearningStep.of(drawn.subList(from, from + settings.batch()), LearningSettings.rate(index));
    }

    /** Every step on a line, as JSON. */
    Path write(Path file) {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int step = 0; step < settings.steps(); step++) {
                out.write(Results.json(step(step)));
                out.newLine();
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
