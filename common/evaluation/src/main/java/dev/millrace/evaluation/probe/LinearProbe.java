package dev.millrace.evaluation.probe;

import dev.millrace.evaluation.vectors.VectorTable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Whether classes can be told apart by planes between the vectors: linear discriminant analysis, learned on some texts and asked of
 * others. Vectors are read twice, a block at a time; in memory are products of every two dimensions, for each part.
 */
public final class LinearProbe {
    private static final int BLOCK = 1024;

    private LinearProbe() {}

    /**
     * Labelled vectors.
     *
     * @param labels the class of each, 0 .. classes - 1
     */
    public record Labelled(VectorTable vectors, int[] labels) {
        /** Refuses other numbers of labels than vectors with an IllegalArgumentException. */
        public Labelled {
            if (vectors.size() != labels.length) {
                throw new IllegalArgumentException(vectors.size() + " vectors, " + labels.length + " labels");
            }
        }
    }

    /** Learns on {@code train} and asks {@code test}; neither is empty. */
    public static ProbeFigures of(Labelled train, Labelled test, int classes) {
        ClassMoments seen = moments(train, new int[train.labels().length], 1, classes)[0];
        DiscriminantAnalysis[] learned = {new DiscriminantAnalysis(seen)};
        return asked(test, new int[test.labels().length], learned, classes);
    }

    /**
     * Cross validation: each part is asked of what was learned on all others.
     *
     * @param parts the part of each vector, 0 .. count - 1, as {@link Parts} deals them
     * @param count number of parts, 2 or more
     */
    public static ProbeFigures crossValidated(Labelled all, int[] parts, int count, int classes) {
        ClassMoments[] byPart = moments(all, parts, count, classes);
        ClassMoments whole = new ClassMoments(classes, byPart[0].dimensions());
        Arrays.stream(byPart).forEach(whole::add);
        DiscriminantAnalysis[] learned = Arrays.stream(byPart)
                .map(part -> new DiscriminantAnalysis(whole.without(part)))
                .toArray(DiscriminantAnalysis[]::new);
        return asked(all, parts, learned, classes);
    }

    private static ClassMoments[] moments(Labelled all, int[] parts, int count, int classes) {
        int dimensions = all.vectors().unit(0, 1)[0].length;
        ClassMoments[] moments = IntStream.range(0, count)
                .mapToObj(part -> new ClassMoments(classes, dimensions))
                .toArray(ClassMoments[]::new);
        for (int from = 0; from < all.labels().length; from += BLOCK) {
            int first = from;
            double[][] vectors = block(all, from);
            for (int part = 0; part < count; part++) {
                int wanted = part;
                int[] rows = IntStream.range(0, vectors.length)
                        .filter(row -> parts[first + row] == wanted)
                        .toArray();
                moments[part].add(
                        Arrays.stream(rows).mapToObj(row -> vectors[row]).toArray(double[][]::new),
                        Arrays.stream(rows)
                                .map(row -> all.labels()[first + row])
                                .toArray());
            }
        }
        return moments;
    }

    private static ProbeFigures asked(Labelled all, int[] parts, DiscriminantAnalysis[] learned, int classes) {
        int[] answers = new int[all.labels().length];
        for (int from = 0; from < answers.length; from += BLOCK) {
            int first = from;
            double[][] vectors = block(all, from);
            IntStream.range(0, vectors.length)
                    .parallel()
                    .forEach(row -> answers[first + row] = learned[parts[first + row]].classify(vectors[row]));
        }
        return ProbeFigures.of(all.labels(), answers, classes);
    }

    private static double[][] block(Labelled all, int from) {
        float[][] rows = all.vectors().unit(from, Math.min(from + BLOCK, all.labels().length));
        return Arrays.stream(rows)
                .map(row ->
                        IntStream.range(0, row.length).mapToDouble(i -> row[i]).toArray())
                .toArray(double[][]::new);
    }
}
