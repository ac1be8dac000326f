package fathom.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void stepHalvesAfterEveryTenEpochs() {
        var schedule = new Schedule.Step(10, 0.5);
        assertThat(schedule.factor(999, 100, 10_000)).isEqualTo(1);
        assertThat(schedule.factor(1000, 100, 10_000)).isEqualTo(0.5);
        assertThat(schedule.factor(9999, 100, 10_000)).isEqualTo(Math.pow(0.5, 9));
    }

    @Test
    void cosineRisesThenFallsToItsFloor() {
        var schedule = new Schedule.Cosine(1, 0.1);
        assertThat(schedule.factor(0, 100, 1000)).isEqualTo(0.01);
        assertThat(schedule.factor(99, 100, 1000)).isEqualTo(1);
        assertThat(schedule.factor(550, 100, 1000)).isCloseTo(0.55, within(1e-12));
        assertThat(schedule.factor(1000, 100, 1000)).isCloseTo(0.1, within(1e-12));
    }

    /** Numbers from torch.optim.lr_scheduler.OneCycleLR(max_lr=1, total_steps=100), PyTorch 1.13. */
    @Test
    void oneCycleIsPyTorchs() {
        var schedule = new Schedule.OneCycle(0.3, 25, 1e4);
        assertThat(schedule.factor(0, 10, 100)).isCloseTo(0.04, within(1e-12));
        assertThat(schedule.factor(10, 10, 100)).isCloseTo(0.29516394846410077, within(1e-9));
        assertThat(schedule.factor(29, 10, 100)).isCloseTo(1, within(1e-12));
        assertThat(schedule.factor(64, 10, 100)).isCloseTo(0.500002, within(1e-9));
        assertThat(schedule.factor(99, 10, 100)).isCloseTo(4e-6, within(1e-12));
    }

    @Test
    void impossibleNumbersAreRefused() {
        assertThatThrownBy(() -> new Schedule.Step(0, 0.5)).hasMessage("every must be at least 1 epoch, got 0");
        assertThatThrownBy(() -> new Schedule.Step(1, 1.5)).hasMessage("factor must be in 0 … 1, got 1.5");
        assertThatThrownBy(() -> new Schedule.OneCycle(0.3, 0, 1)).hasMessageContaining("at least 1");
    }
}
