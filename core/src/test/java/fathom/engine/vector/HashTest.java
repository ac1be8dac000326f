package fathom.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HashTest {
    @Test
    void aRateNearOneDropsNearlyAll() {
        assertThat(Hash.threshold(0.5)).isEqualTo(1 << 30);
        assertThat(Hash.threshold(Math.nextDown(1.0))).isEqualTo(Integer.MAX_VALUE);
        assertThat(Hash.threshold(0)).isZero();
    }
}
