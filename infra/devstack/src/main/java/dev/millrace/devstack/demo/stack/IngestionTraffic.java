package dev.millrace.devstack.demo.stack;

import dev.millrace.client.failure.ClientException;
import dev.millrace.client.http.ClientSettings;
import dev.millrace.client.ingestion.IngestionClient;
import dev.millrace.client.ingestion.Receipt;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import java.net.URI;
import java.util.List;

/**
 * Everything the demo posts, however often ingestion asks to be asked again; what was not accepted is counted as failed. Every
 * method throws {@link ClientException}.
 */
public final class IngestionTraffic {
    private final IngestionClient client;
    private final Traffic traffic;

    public IngestionTraffic(URI ingestion, Traffic traffic) {
        this.client = new IngestionClient(ClientSettings.at(ingestion).withListener(traffic));
        this.traffic = traffic;
    }

    public void pairs(List<Pair> pairs) throws InterruptedException {
        check("pairs", client.pairs(pairs));
    }

    public void impressions(List<Impression> impressions) throws InterruptedException {
        check("impressions", client.impressions(impressions));
    }

    public void clicks(List<Click> clicks) throws InterruptedException {
        check("clicks", client.clicks(clicks));
    }

    private void check(String what, Receipt receipt) {
        if (!receipt.complete()) {
            traffic.failed(receipt.accepted() + " of " + receipt.outcomes().size() + " " + what + " accepted");
        }
    }
}
