package fathom.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.engine.Compute;
import fathom.engine.Device;
import fathom.engine.Engines;
import fathom.engine.Precision;
import org.junit.jupiter.api.Test;

class TorchEngineTest {
    @Test
    void theServiceLoaderFindsIt() {
        assertThat(Engines.choose(new Compute("torch", Device.CPU, Precision.FP32, 0)))
                .isInstanceOf(TorchEngine.class);
    }
}
