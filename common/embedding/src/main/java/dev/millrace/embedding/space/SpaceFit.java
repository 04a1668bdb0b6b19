package dev.millrace.embedding.space;

import dev.millrace.embedding.space.method.Unchanged;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An adapter and what it is worth.
 *
 * @param method that found it
 * @param recall of the texts that it was not fitted on, as {@link NeighbourRecall} has it
 */
public record SpaceFit(String method, SpaceAdapter adapter, double recall) {
    /** The fewest pairs that anything is fitted to. */
    public static final int FEWEST = 40;

    /** Every fourth text is held out. */
    private static final int PARTS = 4;

    /** A method has to be better by more than chance makes of some hundred texts than one that changes less. */
    private static final double MARGIN = 0.005;

    /** Of the version that built the index. */
    public static SpaceFit own() {
        return new SpaceFit(new Unchanged().name(), vector -> vector, 1);
    }

    /**
     * The one of which most is found, as far as it is more than what one before it finds.
     *
     * @param pairs at least {@link #FEWEST}, in no order that has to do with what they say
     * @param methods at least one, those first that are preferred
     */
    public static SpaceFit best(PairedVectors pairs, List<SpaceMethod> methods) {
        List<SpaceFit> fits = all(pairs, methods);
        double most = fits.stream().mapToDouble(SpaceFit::recall).max().orElseThrow();
        return fits.stream()
                .filter(fit -> fit.recall >= most - MARGIN)
                .findFirst()
                .orElseThrow();
    }

    /** What each method finds, in their order. */
    public static List<SpaceFit> all(PairedVectors pairs, List<SpaceMethod> methods) {
        if (pairs.size() < FEWEST) {
            throw new IllegalArgumentException(pairs.size() + " pairs are fewer than " + FEWEST);
        }
        PairedVectors fitted = pairs.where(place -> place % PARTS != 0);
        PairedVectors heldOut = pairs.where(place -> place % PARTS == 0);
        int[] asking = IntStream.range(0, heldOut.size()).map(i -> i * PARTS).toArray();
        NeighbourRecall recall = new NeighbourRecall(pairs, asking);
        return methods.stream()
                .map(method -> fit(method, fitted, heldOut.from(), recall))
                .toList();
    }

    private static SpaceFit fit(SpaceMethod method, PairedVectors fitted, float[][] heldOut, NeighbourRecall recall) {
        SpaceAdapter adapter = method.fit(fitted);
        float[][] adapted = Arrays.stream(heldOut).map(adapter::apply).toArray(float[][]::new);
        return new SpaceFit(method.name(), adapter, recall.of(adapted));
    }
}
