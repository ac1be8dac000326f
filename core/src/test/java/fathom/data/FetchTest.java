package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One file is fetched from a site on this machine. */
class FetchTest {
    private static final String NAME = MadeUp.TRAIN_IMAGES;
    private static final byte[] CONTENT = MadeUp.idx(MadeUp.random(50_000, 256, 1), 50, 40, 25);
    private static final byte[] PACKED = MadeUp.gzip(CONTENT);

    @TempDir
    private Path cache;

    private final Site site = new Site(exchange -> Site.send(exchange, PACKED));
    private final List<Long> heard = new ArrayList<>();

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void aFileIsFetchedCheckedAndPutInItsPlace() throws IOException {
        Path folder = fetch();
        assertThat(folder).isEqualTo(cache.resolve("made-up"));
        assertArrived();
        assertThat(site.requests()).containsExactly("/" + NAME);
        assertThat(heard).isSorted().endsWith((long) PACKED.length);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(target());
        }
    }

    @Test
    void aFileThatIsThereIsNotFetchedAgain() {
        fetch();
        fetch();
        assertThat(site.requests()).hasSize(1);
        assertThat(heard).endsWith((long) PACKED.length);
    }

    @Test
    void aDamagedFileIsReplaced() {
        MadeUp.write(target(), Arrays.copyOf(PACKED, PACKED.length - 1));
        fetch();
        assertArrived();
    }

    @Test
    void anInterruptedFetchGoesOnWhereItWas() {
        MadeUp.write(part(), Arrays.copyOf(PACKED, 20_000));
        fetch();
        assertArrived();
        assertThat(site.requests()).containsExactly("/" + NAME + " bytes=20000-");
        assertThat(heard.getFirst()).isGreaterThan(20_000);
    }

    @Test
    void aFileWhoseEveryByteHadComeIsOnlyPutInItsPlace() {
        MadeUp.write(part(), PACKED);
        fetch();
        assertArrived();
        assertThat(site.requests()).isEmpty();
    }

    @Test
    void aServerThatIgnoresRangesSendsAllAgain() {
        MadeUp.write(part(), Arrays.copyOf(PACKED, 20_000));
        site.answer(exchange -> Site.sendAll(exchange, PACKED));
        fetch();
        assertArrived();
        assertThat(site.requests()).hasSize(1);
    }

    @Test
    void aWrongPartIsThrownAway() {
        for (byte[] wrong : List.of(new byte[20_000], new byte[PACKED.length], new byte[PACKED.length + 9])) {
            assertThat(target().toFile()).doesNotExist();
            MadeUp.write(part(), wrong);
            fetch();
            assertArrived();
            assertThat(target().toFile().delete()).isTrue();
        }
    }

    @Test
    void aServerThatRefusesOrMistakesTheRangeIsAskedForAll() {
        for (int status : new int[] {416, 206}) {
            MadeUp.write(part(), Arrays.copyOf(PACKED, 20_000));
            site.answer(exchange -> {
                if (exchange.getRequestHeaders().containsKey("Range")) {
                    exchange.getResponseHeaders().set("Content-Range", "bytes 0-99/100");
                    exchange.sendResponseHeaders(status, -1);
                } else {
                    Site.send(exchange, PACKED);
                }
            });
            fetch();
            assertArrived();
            assertThat(target().toFile().delete()).isTrue();
        }
    }

    @Test
    void anotherFileIsRefused() {
        byte[] other = PACKED.clone();
        other[999] ^= 1;
        site.answer(exchange -> Site.send(exchange, other));
        assertRefused("expected SHA-256 %s, got %s".formatted(FileBytes.sha256(PACKED), FileBytes.sha256(other)));
        site.answer(exchange -> Site.send(exchange, PACKED));
        fetch();
        assertArrived();
    }

    @Test
    void aFileOfAnotherSizeIsRefusedBeforeItIsFetched() {
        site.answer(exchange -> {
            exchange.sendResponseHeaders(200, 1L << 40);
            exchange.getResponseBody().write(PACKED);
        });
        assertRefused("expected %,d bytes, the server offers 1,099,511,627,776".formatted(PACKED.length));
        assertThat(heard).isEmpty();
    }

    @Test
    void aStreamWithoutEndIsCutOff() {
        site.answer(exchange -> {
            exchange.sendResponseHeaders(200, 0); // of unknown length
            while (true) {
                exchange.getResponseBody().write(PACKED);
            }
        });
        assertRefused("more than the %,d bytes expected come".formatted(PACKED.length));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        site.answer(exchange -> exchange.sendResponseHeaders(404, -1));
        assertRefused(NAME + " is not to be had: the server answered 404");
    }

    @Test
    void whatHasComeIsKeptWhenTheConnectionBreaks() throws IOException {
        site.answer(exchange -> {
            exchange.sendResponseHeaders(200, PACKED.length);
            exchange.getResponseBody().write(PACKED, 0, 30_000);
            exchange.getResponseBody().flush();
            throw new IOException("the plug is pulled");
        });
        assertRefused("What has come is kept: fetch again to go on from there");
        assertThat(Files.size(part())).isEqualTo(30_000);
        site.answer(exchange -> Site.send(exchange, PACKED));
        fetch();
        assertArrived();
        assertThat(site.requests()).containsExactly("/" + NAME, "/" + NAME + " bytes=30000-");
    }

    @Test
    @Timeout(10)
    void aServerThatFallsSilentIsLeft() {
        site.answer(exchange -> {
            exchange.sendResponseHeaders(200, PACKED.length);
            exchange.getResponseBody().write(PACKED, 0, 30_000);
            exchange.getResponseBody().flush();
            sleep();
        });
        assertThatThrownBy(() -> fetch(Duration.ofMillis(300)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("nothing came for 300 ms");
        site.answer(exchange -> sleep());
        assertThatThrownBy(() -> fetch(Duration.ofMillis(300)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no answer within 300 ms");
    }

    @Test
    void redirectionsAreFollowedToWebAddressesOnly() throws IOException {
        site.answer(exchange -> {
            if (exchange.getRequestURI().getPath().startsWith("/moved/")) {
                Site.send(exchange, PACKED);
            } else {
                redirect(exchange, "/moved/" + NAME);
            }
        });
        fetch();
        assertArrived();
        Files.delete(target());
        site.answer(exchange -> redirect(exchange, "file:///etc/hostname"));
        assertRefused("file:///etc/hostname");
        site.answer(exchange -> redirect(exchange, "/" + NAME));
        assertThatThrownBy(this::fetch).isInstanceOf(DataException.class);
    }

    @Test
    void aMachineThatIsOfflineIsToldSo() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        var set = set(URI.create("http://localhost:%d/".formatted(free)));
        assertThatThrownBy(() -> new Fetch((_, _, _) -> {}).fetch(set, new DataPlaces(List.of(cache))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("cannot be reached: is this machine online?")
                .hasMessageContaining(cache.resolve("made-up").toString());
    }

    @Test
    void twoFetchesOfOneFileDoNotMixItUp() throws IOException {
        Files.createDirectories(part().getParent());
        try (var channel = FileChannel.open(part(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertRefused("is being fetched already");
        }
    }

    @Test
    void aCacheThatCannotBeMadeIsNamed() {
        MadeUp.write(cache.resolve("made-up"), new byte[1]);
        assertRefused("made-up cannot be made");
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(this::fetch).isInstanceOf(DataException.class).hasMessageContaining(reason);
        assertThat(target().toFile()).doesNotExist();
    }

    private void assertArrived() {
        assertThat(MadeUp.read(target())).isEqualTo(PACKED);
        assertThat(part().toFile()).doesNotExist();
    }

    private Path fetch() {
        return fetch(Duration.ofSeconds(10));
    }

    private Path fetch(Duration patience) {
        return new Fetch((_, done, _) -> heard.add(done), patience)
                .fetch(set(site.base()), new DataPlaces(List.of(cache)));
    }

    private static PublicSet set(URI base) {
        var contents = new LinkedHashMap<String, byte[]>();
        contents.put(NAME, CONTENT);
        return MadeUp.publish("made-up", contents, base);
    }

    private Path target() {
        return cache.resolve("made-up").resolve(NAME);
    }

    private Path part() {
        return cache.resolve("made-up").resolve(NAME + ".part");
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().set("Location", to);
        exchange.sendResponseHeaders(302, -1);
    }

    private static void sleep() {
        try {
            Thread.sleep(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
