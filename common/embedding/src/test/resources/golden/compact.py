"""Golden codes of a version's numbers, written down from docs/decisions/0095 with NumPy in float64 and whole numbers, apart from the
Java code: bf16 and 4 further bits of an average, weights as bytes of a power of two, moments in 4 bits with a scale a block.

Usage: python -P compact.py > compact.json

300 numbers of each kind, so that the last of three blocks of 128 is short. Values are formulas; the second block's are all 0. Hex
strings hold the numbers little-endian: of 4 bytes fp32 after rounding, else the codes' bytes.
"""
import json

import numpy as np

COUNT, BLOCK, STEPS, TENSOR = 300, 128, 12345, 3
MASK = 0xFFFFFFFF
LEVELS = np.array([-0.8875, -0.6625, -0.4375, -0.2125, -0.0775, -0.0325, -0.0055, 0, 0.0055, 0.0325, 0.0775, 0.2125, 0.4375, 0.6625,
                   0.8875, 1], dtype=np.float32)


def mixed(x):
    """MurmurHash3's finalizer, of Python's own whole numbers."""
    x &= MASK
    x = (x ^ x >> 16) * 0x85EBCA6B & MASK
    x = (x ^ x >> 13) * 0xC2B2AE35 & MASK
    return x ^ x >> 16


def dice():
    seed = mixed(mixed(STEPS) + 0x9E3779B9 * (TENSOR + 1))
    return [mixed(seed + 0x9E3779B9 * i) for i in range(COUNT)]


def hexes(array):
    return array.tobytes().hex()


def nibbles(codes):
    codes = list(codes) + [0] * (len(codes) % 2)
    return bytes(codes[i] | codes[i + 1] << 4 for i in range(0, len(codes), 2)).hex()


def blocks():
    return [slice(start, min(start + BLOCK, COUNT)) for start in range(0, COUNT, BLOCK)]


def average(values, thrown):
    """The upper 20 bits; dropped ones carry with their share of 4096. Not half way between two bf16."""
    low, kept = [], []
    for bits, chance in zip(values.view(np.uint32).tolist(), thrown):
        upper, rest = divmod(bits, 4096)
        upper += 1 if rest + chance % 4096 >= 4096 else 0
        if upper % 16 == 8:
            upper += 1 if chance // 4096 % 2 == 0 else -1
        low.append(upper % 16)
        kept.append(upper * 4096)
    return np.array(kept, dtype=np.uint32).view(np.float32), low


def difference(weights, averages, thrown):
    codes, exponents, rounded = [], [], weights.copy()
    far = weights - averages
    for block in blocks():
        largest = float(np.abs(far[block]).max())
        exponent = max(-126, int(np.floor(np.log2(largest))) - 6) if largest > 0 else -126
        if largest > 127 * 2.0 ** exponent:
            exponent += 1
        exponents.append(exponent)
        for i in range(block.start, block.stop):
            chance = ((thrown[i] >> 12) % 1024 + 0.5) / 1024
            code = int(max(-127, min(127, np.floor(float(far[i]) / 2.0 ** exponent + chance))))
            codes.append(code)
            rounded[i] = averages[i] + np.float32(code * 2.0 ** exponent)
    return rounded, np.array(codes, dtype=np.int8), np.array(exponents, dtype=np.int8)


def first(moment):
    codes, scales, rounded = [], [], moment.copy()
    for block in blocks():
        scale = moment[block][np.argmax(np.abs(moment[block]))]
        scales.append(scale)
        for i in range(block.start, block.stop):
            share = moment[i] / scale if scale != 0 else np.float32(0)
            codes.append(int(np.argmin(np.abs(LEVELS.astype(np.float64) - float(share)))))
            rounded[i] = scale * LEVELS[codes[-1]]
    return rounded, codes, np.array(scales, dtype=np.float32)


def second(moment, thrown):
    codes, scales, rounded = [], [], moment.copy()
    for block in blocks():
        scale = moment[block].max()
        scales.append(scale)
        for i in range(block.start, block.stop):
            code = 0
            if scale > 0:
                share = float(np.float32(moment[i] / scale))
                lower = int(np.ceil(-np.log2(share))) if share > 0 else 127
                up = int((share * 2.0 ** lower - 1) * 1024) > thrown[i] >> 22 if share > 0 else False
                code = min(15, lower - 1 if up else lower)
            codes.append(code)
            rounded[i] = scale * np.float32(2.0 ** -code)
    return rounded, codes, np.array(scales, dtype=np.float32)


def main():
    i = np.arange(COUNT, dtype=np.float64)
    quiet = (i < BLOCK) | (i >= 2 * BLOCK)
    values = (np.sin(1 + 0.7 * i + 0.01 * i * i) / 5).astype(np.float32)
    weights = (values.astype(np.float64) + quiet * np.sin(3 * i) * 1e-3 * (1 + i % 7)).astype(np.float32)
    m = (quiet * np.sin(2 + 1.3 * i) ** 5 * 1e-4).astype(np.float32)
    v = (quiet * np.exp(4 * np.sin(0.3 * i)) * 1e-9).astype(np.float32)
    thrown = dice()
    averages, low = average(values, thrown)
    trained, differences, exponents = difference(weights, averages, thrown)
    firsts, first_codes, first_scales = first(m)
    seconds, second_codes, second_scales = second(v, thrown)
    print(json.dumps({
        "steps": STEPS, "tensor": TENSOR,
        "given": {"average": hexes(values), "weights": hexes(weights), "first": hexes(m), "second": hexes(v)},
        "average": {"numbers": hexes(averages), "codes": nibbles(low)},
        "weights": {"numbers": hexes(trained), "codes": hexes(differences), "exponents": hexes(exponents)},
        "first": {"numbers": hexes(firsts), "codes": nibbles(first_codes), "scales": hexes(first_scales)},
        "second": {"numbers": hexes(seconds), "codes": nibbles(second_codes), "scales": hexes(second_scales)},
    }, indent=1))


main()
