package dev.millrace.trainer.learning.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Block shuffle: examples that share a trait, such as a product's name, are dealt out over the batches as thinly as the
 * window allows. Sizes are those of {@link ShuffledBatches}.
 */
public final class SpreadBatches implements BatchComposer {
    /** So many batches are looked at for an example's place: a large window has thousands. */
    private static final int LOOKS = 64;

    private final BatchSizes sizes;
    private final Traits traits;

    public SpreadBatches(int batchPairs, double replayShare, Traits traits) {
        sizes = new BatchSizes(batchPairs, replayShare);
        this.traits = traits;
    }

    @Override
    public List<List<Example>> compose(List<Example> fresh, List<Example> replayed, Composing composing) {
        int batches = sizes.batches(fresh.size());
        Function<Example, Set<String>> shared =
                traits.among(Stream.concat(fresh.stream(), replayed.stream()).toList());
        Random random = new Random(composing.seed());
        List<Batch> composed =
                IntStream.range(0, batches).mapToObj(b -> new Batch()).toList();
        List<Example> shuffled = new ArrayList<>(fresh);
        Collections.shuffle(shuffled, random);
        deal(shuffled, composed, (fresh.size() + batches - 1) / Math.max(1, batches), shared, random);
        if (sizes.replayShare() > 0) {
            deal(replayed, composed, sizes.pairs(), shared, random);
        }
        return composed.stream().map(Batch::examples).toList();
    }

    @Override
    public int replayed(int fresh) {
        return sizes.replayed(fresh);
    }

    /** Each to the batch with room where its traits are rarest, of those the emptiest, of those any. */
    private static void deal(
            List<Example> examples,
            List<Batch> batches,
            int room,
            Function<Example, Set<String>> shared,
            Random random) {
        List<Batch> open = new ArrayList<>(batches);
        for (Example example : examples) {
            open.removeIf(batch -> batch.examples().size() >= room);
            if (open.isEmpty()) {
                return;
            }
            Set<String> its = shared.apply(example);
            place(open, its, random).add(example, its);
        }
    }

    private static Batch place(List<Batch> open, Set<String> its, Random random) {
        int looks = Math.min(LOOKS, open.size());
        int first = random.nextInt(open.size());
        return IntStream.range(0, looks)
                .mapToObj(i -> open.get((first + i) % open.size()))
                .min((one, other) -> {
                    int shared = Integer.compare(one.shared(its), other.shared(its));
                    return shared != 0
                            ? shared
                            : Integer.compare(
                                    one.examples().size(), other.examples().size());
                })
                .orElseThrow();
    }

    /** A batch as it fills. */
    private record Batch(List<Example> examples, Map<String, Integer> traits) {
        Batch() {
            this(new ArrayList<>(), new HashMap<>());
        }

        void add(Example example, Set<String> its) {
            examples.add(example);
            its.forEach(trait -> traits.merge(trait, 1, Integer::sum));
        }

        int shared(Set<String> its) {
            return its.stream().mapToInt(trait -> traits.getOrDefault(trait, 0)).sum();
        }
    }
}
