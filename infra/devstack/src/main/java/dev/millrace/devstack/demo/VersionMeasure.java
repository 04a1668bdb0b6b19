package dev.millrace.devstack.demo;

import java.util.List;

/** Measures one version on the held-out set, through the REST API and by its name, so that a reload cannot mix two. */
final class VersionMeasure {
    private final EncoderClient encoder;
    private final Questions questions;
    private final HeldOutMeasure measure;

    VersionMeasure(EncoderClient encoder, Questions questions) {
        this.encoder = encoder;
        this.questions = questions;
        this.measure = new HeldOutMeasure(questions);
    }

    /** @throws RequestFailedException with {@code notFound} when the encoder no longer answers for the version */
    HeldOutMeasure.Result measure(String version) throws InterruptedException {
        List<float[]> documents = encoder.embed(version, questions.candidates());
        List<float[]> queries = encoder.embed(version, questions.queryTexts());
        return measure.of(queries, documents);
    }
}
