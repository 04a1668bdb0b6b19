package dev.millrace.bench.scale.constant;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a round is made of: the figures that the simulation is driven by. */
public enum Constant {
    PAIR_SECONDS("of learning for each pair of the stream, replay and mining included"),
    SPREAD("share by which a window's learning differs between trainers and from round to round, up and down"),
    WEIGHTS("millions in the model"),
    PAIR_BYTES("of a pair in a share"),
    TELL_NANOS("a weight, to make a share of what was learned"),
    MERGE_NANOS("a weight and share, to read shares and merge them"),
    EXAMINE_SECONDS("of one examination of what is held out"),
    SNAPSHOT_SECONDS("for the copy of weights that is published"),
    LOAD_SECONDS("to take up a version that is on disk"),
    VERSION_MB("sent for a version: its files that changed"),
    HEAD_MB("fetched to take a version up, training state included"),
    SERVED_MB("fetched by an encoder"),
    SERVE_SECONDS("until an encoder that has them serves them"),
    UP_MB("a second that one trainer sends"),
    DOWN_MB("a second that one trainer or encoder fetches"),
    STREAMS("transfers at that speed that the bucket bears at once; more wait");

    private static final double LEAST_SECONDS = 1e-6;
    private static final double LEAST_SPEED = .001;

    private final String meaning;

    Constant(String meaning) {
        this.meaning = meaning;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String meaning() {
        return meaning;
    }

    /** Below it time would stand still, or nothing ever arrive. */
    double least() {
        return switch (this) {
            case PAIR_SECONDS -> LEAST_SECONDS;
            case UP_MB, DOWN_MB -> LEAST_SPEED;
            case STREAMS -> 1;
            default -> 0;
        };
    }

    /** Refuses a key that is none, naming those that there are. */
    public static Constant named(String key) {
        return Arrays.stream(values())
                .filter(constant -> constant.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + key + "\" must be one of "
                        + Arrays.stream(values()).map(Constant::key).collect(Collectors.joining(", "))));
    }
}
