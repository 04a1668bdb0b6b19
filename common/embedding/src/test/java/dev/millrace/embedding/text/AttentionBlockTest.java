package dev.millrace.embedding.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.files.Models;
import dev.millrace.embedding.model.Configs;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AttentionBlockTest {
    private static final ModelConfig MINILM = Configs.bert(6, 384, 512);

    @Property(tries = 200)
    void blocksHoldEveryTextOnceAndInOrder(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 128) Integer> lengths) {
        // When
        List<AttentionBlock> blocks = AttentionBlock.plan(array(lengths), MINILM, 60_000);

        // Then
        assertThat(blocks.stream().flatMapToInt(block -> IntStream.of(block.lengths())))
                .containsExactlyElementsOf(lengths);
        assertThat(blocks).allSatisfy(block -> {
            assertThat(block.width())
                    .isEqualTo(IntStream.of(block.lengths()).max().orElseThrow());
            assertThat(block.tokens()).isEqualTo(IntStream.of(block.lengths()).sum());
        });
    }

    @Example
    void textsOfOneLengthAreOneBlockWithoutPadding() {
        // When
        List<AttentionBlock> blocks = AttentionBlock.plan(new int[] {7, 7, 7, 7}, MINILM, 60_000);

        // Then
        assertThat(blocks).singleElement().satisfies(block -> assertThat(block.ragged())
                .isFalse());
    }

    @Example
    void aLongTextIsNotPaddedFor() {
        // Given sixty words and one passage
        int[] lengths = IntStream.range(0, 61).map(text -> text == 0 ? 120 : 4).toArray();

        // When
        List<AttentionBlock> blocks = AttentionBlock.plan(lengths, MINILM, 60_000);

        // Then
        assertThat(blocks).extracting(AttentionBlock::cells).containsExactly(120, 240);
    }

    @Example
    void aDearStartMakesFewBlocks() {
        // Given
        int[] lengths = IntStream.range(0, 30).map(text -> 40 - text).toArray();

        // When
        List<AttentionBlock> blocks = AttentionBlock.plan(lengths, MINILM, 1e9);

        // Then
        assertThat(blocks).hasSize(1);
    }

    @Example
    void aTextsVectorDoesNotDependOnItsCompany() {
        // Given texts of 1 to 40 words
        List<String> texts = IntStream.rangeClosed(1, 40)
                .mapToObj(words -> "river " + "water ".repeat(words - 1))
                .toList();
        try (TextTokenizer tokenizer = TextTokenizer.load(Models.miniLm());
                Encoder encoder =
                        Encoder.load(Models.miniLm(), EncoderOptions.cpu(2).with(Precision.FP32))) {
            List<Tokens> tokens = tokenizer.tokenize(texts);

            // When
            float[][] together = encoder.encode(tokens);

            // Then
            for (int text = 0; text < texts.size(); text++) {
                float[] alone = encoder.encode(List.of(tokens.get(text)))[0];
                for (int i = 0; i < alone.length; i++) {
                    assertThat(together[text][i])
                            .as("text %d, value %d", text, i)
                            .isCloseTo(alone[i], within(1e-5f));
                }
            }
        }
    }

    private static int[] array(List<Integer> lengths) {
        return lengths.stream().mapToInt(Integer::intValue).toArray();
    }
}
