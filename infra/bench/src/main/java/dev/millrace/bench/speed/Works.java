package dev.millrace.bench.speed;

import dev.millrace.bench.command.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is measured: shapes that other projects report, or the user's own texts. */
public final class Works {
    /** One token each in BERT's vocabulary, so that a text's length in tokens is known. */
    private static final List<String> WORDS = List.of(
            ("account card change money search river when where how payment phone of the new rate transfer yesterday"
                            + " support question answer")
                    .split(" "));

    /** The tokenizer's first and last token. */
    private static final int SPECIAL = 2;

    private static final int OWN_PAIRS = 64;
    private static final int SINGLE_TEXTS = 100;

    private Works() {}

    static List<Work> training(Optional<Path> file) {
        if (file.isPresent()) {
            List<String> own = lines(file.get());
            int pairs = Math.min(OWN_PAIRS, own.size() / 2);
            return List.of(new Work("train " + pairs + " own pairs", Work.Kind.TRAIN, own.subList(0, 2 * pairs)));
        }
        return List.of(
                new Work("train 64 pairs x 32 tokens", Work.Kind.TRAIN, generated(128, 32, 32)),
                new Work("train 32 pairs x 128 tokens", Work.Kind.TRAIN, generated(64, 128, 128)),
                new Work("train 32 ragged pairs, 8-128 tokens", Work.Kind.TRAIN, generated(64, 8, 128)));
    }

    static List<Work> encoding(Optional<Path> file) {
        if (file.isPresent()) {
            List<String> own = lines(file.get());
            return List.of(
                    new Work("encode " + own.size() + " own texts", Work.Kind.ENCODE, own),
                    new Work("single own text", Work.Kind.SINGLE, first(own)));
        }
        List<String> queries = generated(2000, 8, 16);
        List<String> passages = generated(256, 100, 128);
        return List.of(
                new Work("encode 2000 queries, 8-16 tokens", Work.Kind.ENCODE, queries),
                new Work("encode 256 passages, 100-128 tokens", Work.Kind.ENCODE, passages),
                new Work("single query", Work.Kind.SINGLE, first(queries)),
                new Work("single passage", Work.Kind.SINGLE, first(passages)));
    }

    private static List<String> first(List<String> texts) {
        return texts.subList(0, Math.min(SINGLE_TEXTS, texts.size()));
    }

    /** Texts of random length in tokens, both bounds included. */
    public static List<String> generated(int count, int shortest, int longest) {
        SplittableRandom random = new SplittableRandom(5);
        return IntStream.range(0, count)
                .mapToObj(i -> words(random, random.nextInt(shortest, longest + 1) - SPECIAL))
                .toList();
    }

    private static String words(SplittableRandom random, int count) {
        return Stream.generate(() -> WORDS.get(random.nextInt(WORDS.size())))
                .limit(count)
                .collect(Collectors.joining(" "));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
