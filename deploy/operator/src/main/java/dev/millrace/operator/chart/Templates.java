package dev.millrace.operator.chart;

/** Renders the chart. */
interface Templates {
    /**
     * The objects, as YAML.
     *
     * @throws HelmRefusedException when Helm or the chart refuses, in their words
     */
    String render(Release release);
}
