package dev.millrace.evaluate.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.evaluate.data.Lines.Line;
import dev.millrace.evaluation.retrieval.PairQuestions;
import dev.millrace.evaluation.retrieval.PairQuestions.Asked;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Pair;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Pairs as producers post them, one JSON object a line, by the same rules; {@code id} may be absent. Where all have labels, and not all
 * the same, they are graded pairs; else each anchor asks among all positives, and a pair labelled below .5 says what does not answer.
 */
final class PairsFile {
    private static final double SIMILAR = 0.5;

    private PairsFile() {}

    static Data read(Path file, Optional<Kind> wanted) {
        List<Pair> pairs = Lines.of(file).stream().map(PairsFile::pair).toList();
        boolean labelled = pairs.stream().allMatch(pair -> pair.label().isPresent())
                && pairs.stream().map(Pair::label).distinct().count() > 1;
        Kind kind = wanted.orElse(labelled ? Kind.GRADED : Kind.PAIRS);
        String name = file.getFileName().toString();
        return kind == Kind.GRADED ? graded(name, file, pairs) : asked(name, file, pairs);
    }

    private static Pair pair(Line line) {
        ObjectNode json = JsonLine.of(line).json();
        if (!json.has("id")) {
            json.put("id", "line-" + line.number());
        }
        Pair pair = JsonLine.valid(line, EventJson.readPair(json, Instant.EPOCH));
        if (pair.positive().isEmpty()) {
            throw line.refused("positive: is missing");
        }
        return pair;
    }

    private static Data graded(String name, Path file, List<Pair> pairs) {
        if (pairs.stream().anyMatch(pair -> pair.label().isEmpty())) {
            throw new UnreadableDataException(file, "not all pairs have a label, so they are not graded");
        }
        return new Data.Graded(
                name,
                pairs.stream().map(Pair::anchor).toList(),
                pairs.stream().map(pair -> pair.positive().orElseThrow()).toList(),
                pairs.stream().mapToDouble(pair -> pair.label().orElseThrow()).toArray());
    }

    private static Data asked(String name, Path file, List<Pair> pairs) {
        PairQuestions asked = PairQuestions.of(pairs.stream()
                .filter(pair -> pair.label().orElse(1) >= SIMILAR)
                .map(pair -> new Asked(pair.anchor(), pair.positive().orElseThrow(), pair.group()))
                .toList());
        if (asked.questions().isEmpty()) {
            throw new UnreadableDataException(file, "has no pair that asks for anything");
        }
        List<String> notes = asked.unanswerable() == 0
                ? List.of()
                : List.of(asked.unanswerable() + " anchors are not asked: only their own text would answer them");
        return new Data.Retrieval(name, Kind.PAIRS, asked.queries(), asked.documents(), asked.questions(), notes);
    }
}
