package dev.millrace.operator.chart;

import java.nio.file.Path;

/**
 * What Helm is asked to render.
 *
 * @param kubernetes the cluster's version, such as {@code 1.30}
 * @param values a file
 */
record Release(String namespace, String name, String kubernetes, Path values) {}
