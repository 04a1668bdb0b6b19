package dev.millrace.operator.chart;

import com.marcnuri.helm.Helm;
import java.nio.file.Path;

/** Helm in this process. Its Go runtime takes SIGTERM and SIGINT for good: for processes that end by themselves. */
final class HelmLibrary implements Templates {
    private final Helm helm;

    HelmLibrary(Path chart) {
        helm = new Helm(chart);
    }

    @Override
    public String render(Release release) {
        try {
            return helm.template()
                    .withName(release.name())
                    .withNamespace(release.namespace())
                    .withKubeVersion(release.kubernetes())
                    .withValuesFile(release.values())
                    .call();
        } catch (IllegalStateException e) {
            throw new HelmRefusedException(String.valueOf(e.getMessage()));
        }
    }
}
