package fathom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A report as a browser shows it, of a run whose classes have evil names. */
class ReportInBrowserTest {
    private static final Pattern REFERENCE =
            Pattern.compile("(?:src|href|action|data)=\"(?!data:|#)|url\\((?!['\"]?[#d])");

    @TempDir
    private static Path folder;

    private static Chromium browser;
    private static Path page;
    private static String html;

    @BeforeAll
    static void report() throws IOException {
        var found = Chromium.find(folder);
        assumeTrue(
                found.isPresent(),
                "no Chromium or Chrome is on the path: install one (on Debian: chromium) to test reports in a browser");
        browser = found.orElseThrow();
        Path spec = folder.resolve("small.yaml");
        Files.writeString(spec, """
                experiment: small
                data: {set: toy-digits, count: 600}
                model: {classifier: {network: {chain: [{conv: {channels: 4, kernel: 5}}, relu, {maxPool: {kernel: 2, stride: 2}}, flatten, {linear: 10}]}}}
                training: {epochs: 2, batch: 32, optimizer: {adam: {rate: 0.003}}}
                """);
        var trained = Cli.run(
                "train", spec.toString(), "--runs", folder.resolve("runs").toString(), "--json");
        assertThat(trained.code()).as(trained.err()).isZero();
        Path run = Path.of(JsonMapper.builder()
                .build()
                .readTree(trained.lastLine())
                .get("run")
                .asString());
        Evil.name(run);
        var report = Cli.run("report", run.toString());
        assertThat(report.code()).as(report.err()).isZero();
        page = run.resolve("report.html");
        html = Files.readString(page);
    }

    @Test
    void thePageIsShownWithoutAComplaintAndItsScriptRuns() throws IOException, InterruptedException {
        var rendered = browser.render(page);
        assertThat(rendered.console()).isEmpty();
        assertThat(html).contains("<ul class=\"toggles\" hidden");
        assertThat(rendered.document())
                .contains(
                        "<ul class=\"toggles\">",
                        "<title>small · ") // the script has shown the switches, names did nothing
                .endsWith("</html>\n");
        assertThat(rendered.document().split("<script", -1)).hasSize(2);
    }

    @Test
    void nothingOnThePageIsFetchedFromAnywhere() {
        assertThat(REFERENCE.matcher(html).results().map(found -> html.substring(found.start(), found.end() + 20)))
                .isEmpty();
    }

    /** The positive control: what would send a request, and a script of someone else, are refused by the page's policy. */
    @Test
    void evenAddedMarkupSendsNoRequestAndRunsNoScript() throws IOException, InterruptedException {
        var requests = new AtomicInteger();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort();
            String added = """
                    <img src="%1$s/picture"><link rel="stylesheet" href="%1$s/style"><script src="%1$s/script"></script>
                    <script>document.title = "owned"; fetch("%1$s/fetch");</script></body>
                    """.formatted(address);
            Path changed = folder.resolve("changed.html");
            Files.writeString(changed, html.replace("</body>", added));
            var rendered = browser.render(changed);
            assertThat(rendered.console()).isNotEmpty().allMatch(line -> line.contains("Content Security Policy"));
            assertThat(rendered.document()).contains("<title>small · ");
            assertThat(requests).hasValue(0);
            Path open = folder.resolve("open.html");
            Files.writeString(open, "<!DOCTYPE html><body>" + added);
            assertThat(browser.render(open).document()).contains("<title>owned</title>");
            assertThat(requests.get()).isGreaterThanOrEqualTo(3);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void lightAndDarkPagesAreLongAndFull() throws IOException, InterruptedException {
        var light = browser.picture(page, 1100, 9000, false);
        var dark = browser.picture(page, 1100, 9000, true);
        assertThat(light.getRGB(3, 3) & 0xffffff).isEqualTo(0xffffff);
        assertThat(dark.getRGB(3, 3) & 0xffffff).isEqualTo(0x16181d);
        assertThat(lastRowOfInk(light)).isBetween(5_000, 8_990);
        assertThat(Math.abs(lastRowOfInk(light) - lastRowOfInk(dark))).isLessThan(20);
        assertThat(colours(light)).isGreaterThan(200);
        assertThat(colours(dark)).isGreaterThan(200);
    }

    @Test
    void aNarrowPageScrollsNoFurtherThanItsWidth() throws IOException, InterruptedException {
        String title = titleAfter(
                "'width ' + document.documentElement.scrollWidth + ' of ' + document.documentElement.clientWidth",
                "--window-size=400,900");
        var widths = Pattern.compile("width (\\d+) of (\\d+)").matcher(title);
        assertThat(widths.matches()).isTrue();
        assertThat(widths.group(1)).isEqualTo(widths.group(2));
    }

    @Test
    void aSwitchHidesOneClassOfAllMapsOfItsSection() throws IOException, InterruptedException {
        String title = titleAfter("""
                (() => {
                  const maps = document.querySelector("#maps");
                  maps.querySelectorAll(".toggles button")[3].click();
                  const off = [...maps.querySelectorAll(".off")];
                  const points = off.filter(part => part.matches("circle[data-index]")).length;
                  const others = off.filter(part => !part.matches(".c3")).length;
                  return points + " points, " + others + " others, " + document.querySelectorAll(".off").length;
                })()""");
        var counts = Pattern.compile("(\\d+) points, (\\d+) others, (\\d+)").matcher(title);
        assertThat(counts.matches()).as(title).isTrue();
        assertThat(Integer.parseInt(counts.group(1))).isPositive();
        assertThat(counts.group(2)).isEqualTo("0");
    }

    /** What an expression says on the page once its own script has run; without the policy, which would refuse to ask. */
    private static String titleAfter(String expression, String... flags) throws IOException, InterruptedException {
        Path asked = folder.resolve("asked.html");
        String open = html.replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "");
        Files.writeString(
                asked, open.replace("</body>", "<script>document.title = " + expression + "</script></body>"));
        var title = Pattern.compile("<title>([^<]*)</title>")
                .matcher(browser.render(asked, flags).document());
        assertThat(title.find()).isTrue();
        return title.group(1);
    }

    private static int lastRowOfInk(BufferedImage image) {
        int ground = image.getRGB(3, 3);
        for (int y = image.getHeight() - 1; y >= 0; y--) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (image.getRGB(x, y) != ground) {
                    return y;
                }
            }
        }
        return 0;
    }

    private static int colours(BufferedImage image) {
        var colours = new HashSet<Integer>();
        for (int y = 0; y < image.getHeight(); y += 3) {
            for (int x = 0; x < image.getWidth(); x += 3) {
                colours.add(image.getRGB(x, y));
            }
        }
        return colours.size();
    }
}
