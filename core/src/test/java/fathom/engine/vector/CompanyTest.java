package fathom.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompanyTest {
    private static final int STEP_MICROS = 1_000;

    private final Company company = new Company();

    /** Steps of so many milliseconds each way; how many of them went alone. */
    private int alone(int steps, double together, double alone) {
        int count = 0;
        for (int i = 0; i < steps; i++) {
            boolean isAlone = company.isAlone();
            count += isAlone ? 1 : 0;
            company.took(Math.round((isAlone ? alone : together) * STEP_MICROS * 1_000), 256);
        }
        return count;
    }

    @Test
    void oneThreadIsTriedSeldomWhereTwoAreFaster() {
        alone(2_000, 1, 1.8);
        assertThat(alone(20_000, 1, 1.8)).isBetween(1, 200);
        assertThat(company.isAlone()).isFalse();
    }

    @Test
    void goesAloneWhileAProcessorIsBusyAndTogetherAfter() {
        alone(2_000, 1, 1.8);
        alone(200, 3, 1.8); // ten windows to notice
        assertThat(alone(2_000, 3, 1.8)).isGreaterThan(1_850);
        alone(1_000, 1, 1.8);
        assertThat(alone(2_000, 1, 1.8)).isLessThan(100);
    }

    @Test
    void aProcessorThatIsBusyFromTheStartIsFoundToo() {
        alone(300, 3, 1.8);
        assertThat(alone(2_000, 3, 1.8)).isGreaterThan(1_850);
    }

    @Test
    void stepsThatBecomeFasterWhileTheyAreCompiledStayTogether() {
        int count = 0;
        for (double slow = 50; slow > 1; slow *= 0.97) {
            count += alone(5, slow, 1.8 * slow);
        }
        assertThat(count).isLessThan(100);
        assertThat(company.isAlone()).isFalse();
    }

    @Test
    void aWholeProgramThatIsSlowedDownIsNotSentAlone() {
        alone(2_000, 1, 1.8);
        assertThat(alone(4_000, 2, 3.6)).isLessThan(200);
    }
}
