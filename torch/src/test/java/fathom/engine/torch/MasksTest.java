package fathom.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MasksTest {
    @Test
    void aRateNearOneDropsNearlyAll() {
        assertThat(Masks.threshold(0)).isEqualTo(Short.MIN_VALUE);
        assertThat(Masks.threshold(0.5)).isEqualTo((short) 0);
        assertThat(Masks.threshold(0.999995)).isEqualTo(Short.MAX_VALUE);
    }
}
