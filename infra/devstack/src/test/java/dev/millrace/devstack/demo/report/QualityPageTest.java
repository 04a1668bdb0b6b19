package dev.millrace.devstack.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.devstack.demo.data.Dataset;
import dev.millrace.devstack.demo.data.Example;
import dev.millrace.devstack.demo.measure.HeldOutMeasure;
import dev.millrace.devstack.demo.measure.Quality;
import dev.millrace.devstack.demo.measure.Questions;
import dev.millrace.devstack.demo.measure.VersionRow;
import dev.millrace.devstack.demo.stack.Traffic;
import dev.millrace.devstack.demo.traffic.Freshness;
import dev.millrace.devstack.demo.traffic.Percentiles;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class QualityPageTest {
    private static final String NAME = "<script>alert(1)</script> & \"friends\"";

    private static VersionRow version(int number, double hit) {
        Quality quality = new Quality(List.of(hit, hit + 0.1, hit + 0.15, hit + 0.18, hit + 0.2), 1200);
        Quality worse = new Quality(List.of(0.3 - hit / 4, 0.4, 0.5, 0.5, 0.6), 7);
        return new VersionRow(
                "v00000%d-0badcafe".formatted(number),
                new HeldOutMeasure.Result(quality, Map.of("a <domain>", quality, "b", worse)),
                512L * number,
                12.5 * number);
    }

    private static Report report(List<VersionRow> versions) {
        List<Example> heldOut = IntStream.range(0, 1200)
                .mapToObj(i -> new Example("id" + i, "q" + i, "d" + i, List.of(), Optional.empty(), "b"))
                .toList();
        return new Report(
                new Dataset(NAME, List.of(), heldOut, List.of()),
                Questions.of(heldOut, 2000),
                versions,
                new Report.Sent(8000, 800, 300),
                new Report.Speed(
                        new Freshness.Result(new Percentiles(List.of(3.0, 5.0)), 1),
                        new Percentiles(List.of(20.0)),
                        270),
                new Traffic());
    }

    private static List<Element> elements(String html, String name) throws Exception {
        String svg = html.substring(html.indexOf("<svg"), html.indexOf("</svg>") + "</svg>".length());
        NodeList nodes = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    @Test
    void everyVersionIsADotOnEveryLineAndAColumnOfTheTable() throws Exception {
        // Given
        Report report = report(List.of(version(0, 0.31), version(1, 0.4), version(2, 0.47)));

        // When
        String html = QualityPage.html(report);

        // Then
        assertThat(elements(html, "polyline")).hasSize(6).allSatisfy(line -> assertThat(
                        line.getAttribute("points").strip().split(" "))
                .hasSize(3));
        assertThat(elements(html, "circle")).hasSize(18);
        assertThat(elements(html, "title").get(0).getTextContent()).isEqualTo("v000000-0badcafe hit@1 0.310");
        assertThat(html)
                .contains("hit@1 0.310 &rarr; 0.470", "1,200 held-out queries, each ranking 1,200 candidates")
                .contains("<th>v000000</th><th>v000001</th><th>v000002</th>")
                .contains("<td style=\"background:rgba(39,140,90,0.32)\">47</td>")
                .contains("background:rgba(192,57,43,0.08)")
                .contains("8,000 pairs, 800 searches, 300 clicks");
    }

    @Test
    void namesAreTextAndNeverMarkup() {
        // When
        String html = QualityPage.html(report(List.of(version(0, 0.3))));

        // Then
        assertThat(html)
                .doesNotContain("<script>", "a <domain>")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; ", "a &lt;domain&gt;");
    }
}
