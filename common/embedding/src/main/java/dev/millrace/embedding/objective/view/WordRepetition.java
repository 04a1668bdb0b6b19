package dev.millrace.embedding.objective.view;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Some words said twice (ESimCSE, Wu et al. 2022): the views differ in length, so that length is no way to tell texts apart.
 * Their words are pieces of the vocabulary; here they are what white space parts.
 *
 * @param rate of n words, up to {@code max(2, rate n)} are repeated, any number of them as likely; [0, 1]
 */
public record WordRepetition(double rate) implements View {
    private static final int LEAST = 2;

    public WordRepetition {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("a repetition's rate must lie in [0, 1], but is " + rate);
        }
    }

    @Override
    public String of(String text, SplittableRandom random) {
        List<String> words = List.of(text.strip().split("\\s+"));
        int most = Math.min(words.size(), Math.max(LEAST, (int) (rate * words.size())));
        int repeated = random.nextInt(most + 1);
        boolean[] twice = new boolean[words.size()];
        for (int left = repeated; left > 0; ) {
            int place = random.nextInt(words.size());
            left -= twice[place] ? 0 : 1;
            twice[place] = true;
        }
        List<String> said = new ArrayList<>();
        IntStream.range(0, words.size()).forEach(i -> {
            said.add(words.get(i));
            if (twice[i]) {
                said.add(words.get(i));
            }
        });
        return String.join(" ", said);
    }
}
