package dev.millrace.trainer.learning.round.delta;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The largest changes of a tensor alone, in bf16, each behind how many weights are skipped before it (top-k sparsification: Aji and
 * Heafield 2017). What it leaves out is only not lost with {@link Carried error feedback}.
 */
final class TopKCodec implements DeltaCodec {
    private static final int HALF = 1 << 16;
    /** A number of 32 bits in groups of 7. */
    private static final int LONGEST_GAP = 5;

    private final double share;

    /** Of so large a share of a tensor's weights, (0,1]; one at least. */
    TopKCodec(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("top-k's share must lie in (0, 1], not " + share);
        }
        this.share = share;
    }

    @Override
    public String key() {
        return "top-k";
    }

    @Override
    public ByteBuffer encode(float[] delta) {
        int kept = (int) Math.ceil(share * delta.length);
        int least = least(delta, kept);
        int more = kept - above(delta, least);
        ByteBuffer coded = ByteBuffer.allocate(Math.multiplyExact(LONGEST_GAP + Short.BYTES, kept))
                .order(ByteOrder.LITTLE_ENDIAN);
        int next = 0;
        for (int i = 0; i < delta.length; i++) {
            int size = size(delta[i]);
            boolean equal = size == least && size > 0 && more > 0;
            if (equal) {
                more--;
            }
            if (equal || size > least) {
                gap(coded, i - next);
                coded.putShort(BrainFloatCodec.rounded(delta[i]));
                next = i + 1;
            }
        }
        return ByteBuffer.allocate(coded.position()).put(coded.flip()).flip();
    }

    /** Orders numbers by their magnitude. */
    private static int size(float value) {
        return Float.floatToRawIntBits(value) & Integer.MAX_VALUE;
    }

    /** The size of the last that is kept: by its upper bits first, then by the lower among those with the same upper ones. */
    private static int least(float[] delta, int kept) {
        int[] upper = new int[HALF];
        for (float value : delta) {
            upper[size(value) >>> 16]++;
        }
        int high = HALF - 1;
        int left = kept;
        while (upper[high] < left) {
            left -= upper[high--];
        }
        int[] lower = new int[HALF];
        for (float value : delta) {
            if (size(value) >>> 16 == high) {
                lower[size(value) & (HALF - 1)]++;
            }
        }
        int low = HALF - 1;
        while (lower[low] < left) {
            left -= lower[low--];
        }
        return (high << 16) | low;
    }

    private static int above(float[] delta, int least) {
        int above = 0;
        for (float value : delta) {
            above += size(value) > least ? 1 : 0;
        }
        return above;
    }

    private static void gap(ByteBuffer coded, int skipped) {
        int rest = skipped;
        while (rest > 0x7f) {
            coded.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        coded.put((byte) rest);
    }

    @Override
    public float[] decode(ByteBuffer coded, int count) {
        ByteBuffer from = coded.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        float[] delta = new float[count];
        int at = 0;
        while (from.hasRemaining()) {
            at += gap(from);
            delta[at++] = BrainFloatCodec.widened(from.getShort());
        }
        return delta;
    }

    private static int gap(ByteBuffer from) {
        int skipped = 0;
        int shift = 0;
        byte group = from.get();
        while (group < 0) {
            skipped |= (group & 0x7f) << shift;
            shift += 7;
            group = from.get();
        }
        return skipped | (group << shift);
    }
}
