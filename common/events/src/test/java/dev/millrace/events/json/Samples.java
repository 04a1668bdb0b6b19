package dev.millrace.events.json;

import dev.millrace.events.record.CheckpointEvent;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.DeadLetter;
import dev.millrace.events.record.Document;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** One full and one minimal event of each kind, as the golden files hold them. */
final class Samples {
    static final Instant TS = Instant.parse("2026-01-31T12:00:00.123456789Z");

    static final Pair PAIR = new Pair(
            "p-1",
            "how do I reset my \"card\" PIN?",
            Optional.of("重置密码 💳 at any machine"),
            List.of("opening hours", "lost card"),
            OptionalDouble.of(0.75),
            2.5,
            Optional.of("pin"),
            "banking77",
            TS);
    static final Pair MINIMAL_PAIR = new Pair(
            "p-2",
            "a text of its own",
            Optional.empty(),
            List.of(),
            OptionalDouble.empty(),
            Pair.DEFAULT_WEIGHT,
            Optional.empty(),
            Pair.UNKNOWN_SOURCE,
            Instant.EPOCH);
    static final Impression IMPRESSION = new Impression(
            "i-1",
            "reset pin",
            List.of(
                    new Impression.Result("d-1", "Resetting your PIN", 1, OptionalDouble.of(0.9)),
                    new Impression.Result("d-2", "Opening hours", 2, OptionalDouble.empty())),
            TS);
    static final Click CLICK = new Click("i-1", "d-1", OptionalLong.of(5300), TS);
    static final Click MINIMAL_CLICK = new Click("i-1", "d-2", OptionalLong.empty(), TS);
    static final Document DOCUMENT = new Document("d-1", "Resetting your PIN 💳 at any machine", TS);
    static final DeadLetter DEAD_LETTER = new DeadLetter(
            "is required",
            Optional.of("anchor"),
            "millrace.pairs",
            3,
            Long.MAX_VALUE,
            Optional.of("p-3"),
            DeadLetter.encode("{}".getBytes(StandardCharsets.UTF_8)),
            TS);
    static final DeadLetter MINIMAL_DEAD_LETTER =
            new DeadLetter("must be UTF-8", Optional.empty(), "pairs", 0, 0, Optional.empty(), "", TS);
    static final DeadLetter CUT_DEAD_LETTER = DEAD_LETTER.cutTo(1);
    static final CheckpointEvent CHECKPOINT_EVENT = new CheckpointEvent("stable", "v000012-3fa91c07", "s-5d41", TS);

    private Samples() {}

    static Pair plainPair(Instant ts) {
        return new Pair(
                "p-1",
                "where is my card",
                Optional.of("cards take five days"),
                List.of("opening hours"),
                OptionalDouble.of(0.75),
                2.5,
                Optional.of("cards"),
                "test",
                ts);
    }

    static Impression plainImpression(Instant ts) {
        return new Impression(
                "i-1", "reset pin", List.of(new Impression.Result("d-1", "a new pin", 1, OptionalDouble.of(0.9))), ts);
    }
}
