package fathom.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.random.Draws;
import org.junit.jupiter.api.Test;

class SharesTest {
    @Test
    void coverAllOnceInShortStretchesOfWholeTiles() {
        var draws = Draws.of(1, "shares", 0);
        for (int trial = 0; trial < 2000; trial++) {
            int multiple = 1 + draws.nextInt(16);
            int most = multiple * (1 + draws.nextInt(20));
            int all = draws.nextInt(3000);
            var shares = Shares.of(all, most, multiple);
            int covered = 0;
            for (int share = 0; share < shares.count(); share++) {
                assertThat(shares.first(share)).isEqualTo(covered);
                assertThat(shares.lengthOf(share)).isBetween(1, most);
                covered += shares.lengthOf(share);
            }
            assertThat(covered).isEqualTo(all);
            assertThat(shares.length() % multiple).isZero();
        }
    }

    @Test
    void aBatchIsSharedEvenlyByTwo() {
        assertThat(Shares.of(256, 96, 6)).isEqualTo(new Shares(256, 66));
        assertThat(Shares.of(128, 96, 6)).isEqualTo(new Shares(128, 66));
        assertThat(Shares.of(64, 96, 6).count()).isEqualTo(2);
    }
}
