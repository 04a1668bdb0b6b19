package dev.millrace.trainer.learning.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Block shuffle: examples that share a word, such as a product's name, are dealt out over the batches as thinly as the
 * window allows. Where such a name tells positives from negatives by itself it is all that in-batch learning looks at;
 * and where a batch is full of it, it is ignored though it matters. Sizes are those of {@link ShuffledBatches}.
 */
public final class SpreadBatches implements BatchComposer {
    /** A word in more than this share of the examples names nothing. */
    private static final double COMMON = 0.3;

    /** So many batches are looked at for an example's place: a large window has thousands. */
    private static final int LOOKS = 64;

    private final BatchSizes sizes;

    public SpreadBatches(int batchPairs, double replayShare) {
        sizes = new BatchSizes(batchPairs, replayShare);
    }

    @Override
    public List<List<Example>> compose(List<Example> fresh, List<Example> replayed, long seed) {
        int batches = sizes.batches(fresh.size());
        Predicate<String> telling =
                telling(Stream.concat(fresh.stream(), replayed.stream()).toList());
        Random random = new Random(seed);
        List<Batch> composed =
                IntStream.range(0, batches).mapToObj(b -> new Batch()).toList();
        List<Example> shuffled = new ArrayList<>(fresh);
        Collections.shuffle(shuffled, random);
        deal(shuffled, composed, (fresh.size() + batches - 1) / Math.max(1, batches), telling, random);
        if (sizes.replayShare() > 0) {
            deal(replayed, composed, sizes.pairs(), telling, random);
        }
        return composed.stream().map(Batch::examples).toList();
    }

    @Override
    public int replayed(int fresh) {
        return sizes.replayed(fresh);
    }

    /** Words that several examples share, and that not everybody uses. */
    private static Predicate<String> telling(List<Example> examples) {
        Map<String, Integer> frequency = new HashMap<>();
        examples.forEach(example -> words(example).forEach(word -> frequency.merge(word, 1, Integer::sum)));
        return word -> {
            int count = frequency.getOrDefault(word, 0);
            return count > 1 && count <= COMMON * examples.size();
        };
    }

    /** Each to the batch with room where its words are rarest, of those the emptiest, of those any. */
    private static void deal(
            List<Example> examples, List<Batch> batches, int room, Predicate<String> telling, Random random) {
        List<Batch> open = new ArrayList<>(batches);
        for (Example example : examples) {
            open.removeIf(batch -> batch.examples().size() >= room);
            if (open.isEmpty()) {
                return;
            }
            Set<String> words = words(example).stream().filter(telling).collect(Collectors.toSet());
            place(open, words, random).add(example, words);
        }
    }

    private static Batch place(List<Batch> open, Set<String> words, Random random) {
        int looks = Math.min(LOOKS, open.size());
        int first = random.nextInt(open.size());
        return IntStream.range(0, looks)
                .mapToObj(i -> open.get((first + i) % open.size()))
                .min((one, other) -> {
                    int shared = Integer.compare(one.shared(words), other.shared(words));
                    return shared != 0
                            ? shared
                            : Integer.compare(
                                    one.examples().size(), other.examples().size());
                })
                .orElseThrow();
    }

    private static Set<String> words(Example example) {
        return Stream.concat(Stream.of(example.anchor()), example.second().stream())
                .flatMap(text -> Stream.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }

    /** A batch as it fills. */
    private record Batch(List<Example> examples, Map<String, Integer> words) {
        Batch() {
            this(new ArrayList<>(), new HashMap<>());
        }

        void add(Example example, Set<String> its) {
            examples.add(example);
            its.forEach(word -> words.merge(word, 1, Integer::sum));
        }

        int shared(Set<String> its) {
            return its.stream().mapToInt(word -> words.getOrDefault(word, 0)).sum();
        }
    }
}
