package dev.millrace.service.http;

import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;

/** For services that add nothing. */
@Singleton
@DefaultBean
final class PlainProblems implements Problems {
    @Override
    public Problem worded(Problem problem, String path) {
        return problem;
    }
}
