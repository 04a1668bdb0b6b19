package dev.millrace.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedding.ContrastiveBatch;
import dev.millrace.embedding.TextTokenizer;
import dev.millrace.embedding.Tokens;
import dev.millrace.trainer.testing.TinyModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class BatchTextsTest {
    /** Few words, so that texts come again as anchors, positives and negatives of each other. */
    private static final List<String> WORDS =
            IntStream.range(0, 12).mapToObj(i -> "d" + i).toList();

    private static TextTokenizer tokenizer;
    private static Map<List<Integer>, String> wordsByTokens;

    @BeforeContainer
    static void load() {
        Path model = TinyModel.write(Path.of("target", "tiny-model"));
        tokenizer = TextTokenizer.load(model);
        wordsByTokens = WORDS.stream().collect(Collectors.toMap(word -> ids(tokenizer.tokenize(word)), word -> word));
    }

    @AfterContainer
    static void close() {
        tokenizer.close();
    }

    @Property(tries = 500)
    void candidatesAreWhatAnAnchorMayBePushedFromAndItsPositive(@ForAll("batches") List<Example> examples) {
        // When
        ContrastiveBatch batch = BatchTexts.of(examples, tokenizer);

        // Then
        List<String> texts = batch.texts().stream()
                .map(tokens -> wordsByTokens.get(ids(tokens)))
                .toList();
        for (ContrastiveBatch.Anchor anchor : batch.anchors()) {
            String own = texts.get(anchor.text());
            assertThat(anchor.candidates().get(anchor.positive())).isTrue();
            Set<String> pushed = new HashSet<>();
            anchor.candidates().stream()
                    .filter(text -> text != anchor.positive())
                    .forEach(text -> pushed.add(texts.get(text)));
            assertThat(pushed).doesNotContain(own, texts.get(anchor.positive()));
            assertThat(pushed).doesNotContainAnyElementsOf(positives(examples, own));
        }
    }

    @Property(tries = 500)
    void textsOfOneGroupAreNeverEachOthersNegatives(@ForAll("batches") List<Example> examples) {
        // When
        ContrastiveBatch batch = BatchTexts.of(examples, tokenizer);

        // Then
        List<String> texts = batch.texts().stream()
                .map(tokens -> wordsByTokens.get(ids(tokens)))
                .toList();
        for (ContrastiveBatch.Anchor anchor : batch.anchors()) {
            Set<String> pushed = anchor.candidates().stream()
                    .filter(text -> text != anchor.positive())
                    .mapToObj(texts::get)
                    .collect(Collectors.toSet());
            pushed.retainAll(kin(examples, texts.get(anchor.text())));
            assertThat(pushed).isEmpty();
        }
    }

    @Property(tries = 300)
    void everyTextIsEncodedOnceButForSecondViews(@ForAll("batches") List<Example> examples) {
        // When
        ContrastiveBatch batch = BatchTexts.of(examples, tokenizer);

        // Then
        Set<String> distinct = examples.stream().flatMap(Example::texts).collect(Collectors.toSet());
        long alone = examples.stream().filter(e -> e.positive().isEmpty()).count();
        assertThat(batch.texts()).hasSize(distinct.size() + (int) alone);
    }

    @Property(tries = 300)
    void everyPositiveAndNegativeServesTheAnchorsThatMayBePushedFromIt(@ForAll("batches") List<Example> examples) {
        // When
        ContrastiveBatch batch = BatchTexts.of(examples, tokenizer);

        // Then
        Example first = examples.get(0);
        List<String> texts = batch.texts().stream()
                .map(tokens -> wordsByTokens.get(ids(tokens)))
                .toList();
        Set<String> expected = examples.stream()
                .flatMap(e -> Stream.concat(e.positive().stream(), e.negatives().stream()))
                .collect(Collectors.toSet());
        expected.addAll(examples.stream()
                .filter(e -> e.positive().isEmpty())
                .map(Example::anchor)
                .toList());
        expected.removeAll(kin(examples, first.anchor()));
        expected.removeAll(positives(examples, first.anchor()));
        expected.remove(first.anchor());
        expected.add(first.positive().orElse(first.anchor()));
        assertThat(batch.anchors().get(0).candidates().stream()
                        .mapToObj(texts::get)
                        .collect(Collectors.toSet()))
                .isEqualTo(expected);
    }

    @Provide
    Arbitrary<List<Example>> batches() {
        Arbitrary<String> word = Arbitraries.of(WORDS);
        Arbitrary<Optional<String>> group = Arbitraries.of("g", "h").optional(0.5);
        return Combinators.combine(word, word.optional(0.8), word.list().ofMaxSize(2), group)
                .as((anchor, positive, negatives, g) -> new Example(anchor, positive, negatives, g, 1))
                .list()
                .ofMinSize(1)
                .ofMaxSize(10);
    }

    private static Set<String> positives(List<Example> examples, String anchor) {
        return examples.stream()
                .filter(e -> e.anchor().equals(anchor))
                .map(e -> e.positive().orElse(anchor))
                .collect(Collectors.toSet());
    }

    /** All texts of all groups that the text belongs to. */
    private static Set<String> kin(List<Example> examples, String text) {
        Set<String> groups = examples.stream()
                .filter(e -> sides(e).anyMatch(text::equals))
                .flatMap(e -> e.group().stream())
                .collect(Collectors.toSet());
        return examples.stream()
                .filter(e -> e.group().filter(groups::contains).isPresent())
                .flatMap(BatchTextsTest::sides)
                .collect(Collectors.toSet());
    }

    private static Stream<String> sides(Example example) {
        return Stream.concat(Stream.of(example.anchor()), example.positive().stream());
    }

    private static List<Integer> ids(Tokens tokens) {
        return Arrays.stream(tokens.ids()).boxed().toList();
    }
}
