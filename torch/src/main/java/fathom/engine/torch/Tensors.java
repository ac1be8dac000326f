package fathom.engine.torch;

import fathom.engine.Device;
import fathom.model.Shape;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Makes native arrays on one device, and copies Java arrays there and back. */
final class Tensors {
    private final org.bytedeco.pytorch.Device device;
    private final boolean onCpu;
    private final boolean channelsLast;
    private final TensorOptions floats;
    private final TensorOptions longs;
    private final MemoryFormatOptional anyFormat;

    /** @param channelsLast whether pictures and their filters lie pixel by pixel instead of channel by channel */
    Tensors(Device device, boolean channelsLast, Owned owned) {
        onCpu = device == Device.CPU;
        this.channelsLast = channelsLast;
        this.device = owned.keep(new org.bytedeco.pytorch.Device(onCpu ? DeviceType.CPU : DeviceType.CUDA));
        var place = owned.keep(new DeviceOptional(this.device));
        try (var anyFloats = new TensorOptions(ScalarType.Float);
                var anyLongs = new TensorOptions(ScalarType.Long)) {
            floats = owned.keep(anyFloats.device(place));
            longs = owned.keep(anyLongs.device(place));
        }
        anyFormat = owned.keep(new MemoryFormatOptional());
    }

    Tensor zeros(long count) {
        return torch.zeros(new long[] {count}, floats);
    }

    /** 64-bit whole numbers, whatever they are. */
    Tensor longs(long count) {
        return torch.empty(new long[] {count}, longs, anyFormat);
    }

    Tensor zeros(Shape shape) {
        long[] sizes = shape.sizes().stream().mapToLong(Integer::longValue).toArray();
        try (Tensor plain = torch.zeros(sizes, floats)) {
            return laidOut(plain);
        }
    }

    /** A tensor of pictures in the chosen layout; others as they are. */
    Tensor laidOut(Tensor tensor) {
        return channelsLast && tensor.dim() == 4 ? tensor.contiguous(MemoryFormat.ChannelsLast) : tensor.contiguous();
    }

    /** The tensor on this learner's device. */
    Tensor here(Tensor tensor) {
        return onCpu ? tensor : tensor.to(device, tensor.scalar_type(), false, false, anyFormat);
    }

    /** Whether max pools shall go through oneDNN: on CPUs, for pictures that lie channel by channel. */
    boolean poolsByOneDnn() {
        return onCpu && !channelsLast && Natives.oneDnn();
    }

    org.bytedeco.pytorch.Device device() {
        return device;
    }

    /** The numbers of a tensor in the order of its shape. Call inside a scope. */
    static float[] read(Tensor tensor) {
        Tensor plain = tensor.detach().cpu().to(ScalarType.Float).contiguous();
        var values = new float[Math.toIntExact(plain.numel())];
        plain.data_ptr_float().get(values);
        return values;
    }

    /** The same for a matrix of floats as an operation gives it out, without a copy on the way if it is on the CPU. */
    float[] readPlain(Tensor matrix) {
        if (!onCpu || !matrix.is_contiguous()) {
            return read(matrix);
        }
        var values = new float[Math.toIntExact(matrix.numel())];
        matrix.data_ptr_float().get(values);
        return values;
    }

    SequencedMap<String, float[]> read(SequencedMap<String, Tensor> tensors) {
        var values = new LinkedHashMap<String, float[]>();
        tensors.forEach((name, tensor) -> {
            try (var _ = new PointerScope()) {
                values.put(name, read(tensor));
            }
        });
        return values;
    }

    /** @throws IllegalArgumentException if an array is missing, unknown or of another length; nothing is then changed */
    void write(String what, SequencedMap<String, float[]> values, SequencedMap<String, Tensor> tensors) {
        check(what, values, tensors);
        tensors.forEach((name, tensor) -> {
            float[] array = values.get(name);
            if (array != null) {
                try (var _ = new PointerScope();
                        var _ = new NoGradGuard()) {
                    Tensor plain = torch.empty(tensor.sizes());
                    plain.data_ptr_float().put(array);
                    tensor.copy_(plain);
                }
            }
        });
    }

    static void check(String what, SequencedMap<String, float[]> values, SequencedMap<String, Tensor> tensors) {
        if (!values.keySet().equals(tensors.keySet())) {
            var missing = new TreeSet<>(tensors.keySet());
            missing.removeAll(values.keySet());
            var unknown = new TreeSet<>(values.keySet());
            unknown.removeAll(tensors.keySet());
            throw new IllegalArgumentException(
                    "the %s are not those of this network: missing %s, unknown %s".formatted(what, missing, unknown));
        }
        values.forEach((name, array) -> {
            Tensor tensor = tensors.get(name);
            if (tensor != null && tensor.numel() != array.length) {
                throw new IllegalArgumentException("the array %s of the %s needs %d numbers, got %d"
                        .formatted(name, what, tensor.numel(), array.length));
            }
        });
    }
}
