package dev.millrace.ingestion.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.ingestion.intake.Receipt;
import dev.millrace.ingestion.intake.Receipt.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A receipt on the wire. */
record ReceiptBody(int accepted, int refused, int unacknowledged, List<Item> outcomes) {
    static ReceiptBody of(Receipt receipt) {
        final List<Item> items = IntStream.range(0, receipt.outcomes().size())
                .mapToObj(index -> Item.of(index, receipt.outcomes().get(index)))
                .toList();
        return new ReceiptBody(receipt.accepted(), receipt.refused(), receipt.unacknowledged(), items);
    }

    /** One item's outcome; its members depend on the status. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Item(int index, Optional<String> id, String status, Optional<String> field, Optional<String> reason) {
        static Item of(int index, Outcome outcome) {
            if (outcome instanceof Outcome.Accepted accepted) {
                return new Item(index, Optional.of(accepted.id()), "accepted", Optional.empty(), Optional.empty());
            }
            if (outcome instanceof Outcome.Unacknowledged lost) {
                return new Item(
                        index, Optional.of(lost.id()), "unacknowledged", Optional.empty(), Optional.of(lost.reason()));
            }
            if (outcome instanceof Outcome.TooLarge large) {
                return new Item(
                        index, Optional.of(large.id()), "refused", Optional.empty(), Optional.of(large.reason()));
            }
            final Outcome.Refused refused = (Outcome.Refused) outcome;
            return new Item(
                    index, Optional.empty(), "refused", Optional.of(refused.field()), Optional.of(refused.reason()));
        }
    }
}
