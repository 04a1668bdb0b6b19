package dev.millrace.devstack.demo.measure;

import dev.millrace.devstack.demo.stack.EncoderClient;
import dev.millrace.devstack.demo.stack.RequestFailedException;
import java.util.List;

/** Measures one version on the held-out set, through the REST API and by its name, so that a reload cannot mix two. */
public final class VersionMeasure {
    private final EncoderClient encoder;
    private final Questions questions;
    private final HeldOutMeasure measure;

    public VersionMeasure(EncoderClient encoder, Questions questions) {
        this.encoder = encoder;
        this.questions = questions;
        this.measure = new HeldOutMeasure(questions);
    }

    /**
     * Measures one version over REST.
     *
     * @throws RequestFailedException with {@code notFound} when the encoder no longer answers for the version
     */
    public HeldOutMeasure.Result measure(String version) throws InterruptedException {
        List<float[]> documents = encoder.embed(version, questions.candidates());
        List<float[]> queries = encoder.embed(version, questions.queryTexts());
        return measure.of(queries, documents);
    }
}
