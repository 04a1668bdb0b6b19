package dev.millrace.devstack.demo.measure;

import dev.millrace.client.failure.ClientException;
import dev.millrace.devstack.demo.stack.EncoderTraffic;
import java.util.List;

/** Measures one version on the held-out set, through the REST API and by its name, so that a reload cannot mix two. */
public final class VersionMeasure {
    private final EncoderTraffic encoder;
    private final Questions questions;
    private final HeldOutMeasure measure;

    public VersionMeasure(EncoderTraffic encoder, Questions questions) {
        this.encoder = encoder;
        this.questions = questions;
        this.measure = new HeldOutMeasure(questions);
    }

    /**
     * Measures one version over REST.
     *
     * @throws ClientException when the encoder no longer answers for the version, say
     */
    public HeldOutMeasure.Result measure(String version) throws InterruptedException {
        List<float[]> documents = encoder.embed(version, questions.candidates());
        List<float[]> queries = encoder.embed(version, questions.queryTexts());
        return measure.of(queries, documents);
    }
}
