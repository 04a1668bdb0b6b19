package dev.millrace.devstack.clients;

import dev.millrace.client.failure.AccessDeniedException;
import dev.millrace.client.failure.ClientException;
import dev.millrace.client.failure.RefusedException;
import dev.millrace.client.http.ClientSettings;
import dev.millrace.client.http.RetryPolicy;
import dev.millrace.client.ingestion.EventKind;
import dev.millrace.client.ingestion.IngestionClient;
import dev.millrace.client.ingestion.Outcome;
import dev.millrace.devstack.process.Await;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** A producer as the contract wants it: what was not acknowledged is posted again, under the same ids. */
public final class PatientProducer {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Outcome OPEN = new Outcome.Unacknowledged("not answered");

    private final IngestionClient client;
    private final Await patience;

    /** Posts to this ingestion for as long as {@code patience} lasts, though it be away. */
    public PatientProducer(URI ingestion, Await patience) {
        this.client = new IngestionClient(
                ClientSettings.at(ingestion).withTimeout(TIMEOUT).withRetries(RetryPolicy.NONE));
        this.patience = patience;
    }

    /** Posts until ingestion has accepted or refused every pair; as {@link #post}. */
    public List<Outcome> pairs(List<Pair> pairs) {
        return post(EventKind.PAIRS, pairs.stream().map(EventJson::write).toList());
    }

    /** As {@link #pairs}. */
    public List<Outcome> impressions(List<Impression> impressions) {
        return post(
                EventKind.IMPRESSIONS,
                impressions.stream().map(EventJson::write).toList());
    }

    /** As {@link #pairs}. */
    public List<Outcome> clicks(List<Click> clicks) {
        return post(EventKind.CLICKS, clicks.stream().map(EventJson::write).toList());
    }

    /**
     * Posts until ingestion has accepted or refused every item.
     *
     * @param items JSON, one event each, well-formed or not
     * @return by item {@link Outcome.Accepted} or {@link Outcome.Refused}
     * @throws RefusedException when the batch as a whole is none
     * @throws AccessDeniedException when ingestion wants a token
     */
    public List<Outcome> post(EventKind kind, List<byte[]> items) {
        List<Outcome> outcomes = new ArrayList<>(Collections.nCopies(items.size(), OPEN));
        patience.until(() -> "posting " + kind, () -> {
            List<Integer> open = open(outcomes);
            attempt(kind, open.stream().map(items::get).toList(), open, outcomes);
            return open(outcomes).isEmpty();
        });
        return outcomes;
    }

    private void attempt(EventKind kind, List<byte[]> items, List<Integer> places, List<Outcome> outcomes)
            throws InterruptedException {
        try {
            List<Outcome> became = client.post(kind, items).outcomes();
            for (int i = 0; i < became.size(); i++) {
                outcomes.set(places.get(i), became.get(i));
            }
        } catch (RefusedException | AccessDeniedException e) {
            throw e;
        } catch (ClientException e) {
            // Ingestion is away or busy for a moment: the ids make the repeat safe.
            return;
        }
    }

    private static List<Integer> open(List<Outcome> outcomes) {
        return IntStream.range(0, outcomes.size())
                .filter(index -> outcomes.get(index) instanceof Outcome.Unacknowledged)
                .boxed()
                .toList();
    }
}
