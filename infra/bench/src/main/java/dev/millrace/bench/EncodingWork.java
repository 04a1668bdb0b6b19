package dev.millrace.bench;

import dev.millrace.embedding.Encoder;
import dev.millrace.embedding.EncoderOptions;
import dev.millrace.embedding.TextTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Encoding of texts, tokenization included.
 *
 * @param single whether one text is timed at a time, in milliseconds; else all, in texts a second
 */
record EncodingWork(String name, List<String> texts, boolean single) implements Work {
    private static final int WARM_UP = 2;
    private static final List<String> WORDS = List.of(
            "account",
            "card",
            "change",
            "money",
            "search",
            "river",
            "when",
            "where",
            "how",
            "payment",
            "phone",
            "of",
            "the",
            "new",
            "rate",
            "transfer",
            "yesterday",
            "support",
            "question",
            "answer");

    static List<Work> all(Optional<Path> file) {
        if (file.isPresent()) {
            List<String> own = lines(file.get());
            return List.of(
                    new EncodingWork("encode " + own.size() + " texts", own, false),
                    new EncodingWork("single text", own, true));
        }
        List<String> queries = generated(2000, 10);
        return List.of(
                new EncodingWork("encode 2000 queries", queries, false),
                new EncodingWork("encode 256 passages", generated(256, 120), false),
                new EncodingWork("single query", queries, true));
    }

    @Override
    public String unit() {
        return single ? "ms" : "texts/s";
    }

    @Override
    public double[] run(Path model, EncoderOptions options, int runs) {
        double[] figures = new double[runs];
        try (TextTokenizer tokenizer = TextTokenizer.load(model);
                Encoder encoder = Encoder.load(model, options)) {
            for (int i = -WARM_UP; i < runs; i++) {
                double figure = single ? median(tokenizer, encoder) : rate(tokenizer, encoder);
                if (i >= 0) {
                    figures[i] = figure;
                }
            }
        }
        return figures;
    }

    private double rate(TextTokenizer tokenizer, Encoder encoder) {
        long start = System.nanoTime();
        encoder.encode(tokenizer.tokenize(texts));
        return texts.size() / ((System.nanoTime() - start) / 1e9);
    }

    private double median(TextTokenizer tokenizer, Encoder encoder) {
        double[] milliseconds = texts.stream()
                .limit(100)
                .mapToDouble(text -> {
                    long start = System.nanoTime();
                    encoder.encode(List.of(tokenizer.tokenize(text)));
                    return (System.nanoTime() - start) / 1e6;
                })
                .sorted()
                .toArray();
        return milliseconds[milliseconds.length / 2];
    }

    private static List<String> generated(int count, int words) {
        SplittableRandom random = new SplittableRandom(5);
        return IntStream.range(0, count)
                .mapToObj(i -> IntStream.range(0, words)
                        .mapToObj(w -> WORDS.get(random.nextInt(WORDS.size())))
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
