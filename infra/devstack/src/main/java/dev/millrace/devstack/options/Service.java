package dev.millrace.devstack.options;

import java.util.List;

/** The four services of the design, with what their JVMs are given on a small machine. */
public enum Service {
    // The two that compute keep the second compiler tier; the others start faster and smaller without it.
    INGESTION(256, true),
    ATTRIBUTION(256, true),
    TRAINER(768, false),
    ENCODER(512, false);

    private final int heapMiB;
    private final boolean quickStart;

    Service(int heapMiB, boolean quickStart) {
        this.heapMiB = heapMiB;
        this.quickStart = quickStart;
    }

    /** The folder under {@code services/}, the prefix of its configuration and the name of its process. */
    public String folder() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Process names of {@code count} instances: the plain name first, then {@code name-2}, {@code name-3} ... */
    public List<String> instances(int count) {
        return java.util.stream.IntStream.rangeClosed(1, count)
                .mapToObj(number -> number == 1 ? folder() : folder() + "-" + number)
                .toList();
    }

    /** Those without one listen on their management port only. */
    public boolean hasApi() {
        return this == INGESTION || this == ENCODER;
    }

    public boolean runsAModel() {
        return this == TRAINER || this == ENCODER;
    }

    public int heapMiB() {
        return heapMiB;
    }

    public boolean quickStart() {
        return quickStart;
    }
}
