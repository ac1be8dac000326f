package fathom.cli;

import fathom.data.Data;
import fathom.data.DataPlaces;
import fathom.data.Dataset;
import fathom.data.Datasets;
import fathom.data.Examples;
import fathom.data.Split;
import fathom.manifold.Matrix;
import fathom.manifold.Npy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fathom data export}. */
@Command(
        name = "export",
        description = "Writes a data set, a folder of images or a CSV file of numbers as .npy, one example a row.",
        mixinStandardHelpOptions = true)
final class DataExportCommand implements Callable<Integer> {
    /** The longest array of Java. */
    private static final int MOST_NUMBERS = Integer.MAX_VALUE - 8;

    private enum Part {
        TRAIN,
        TEST,
        ALL
    }

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "SET",
            description = "A data set from 'fathom data list', a folder of images, or a .csv file.")
    private String set = "";

    @Parameters(
            index = "1",
            paramLabel = "OUT.npy",
            description = "Pixels ÷ 255 (or the numbers), float32; labels go beside it to OUT.labels.npy.")
    private Path out = Path.of("");

    @Option(names = "--split", paramLabel = "S", description = "train, test or all, train first (default: all).")
    private Part part = Part.ALL;

    @Option(names = "--size", paramLabel = "N", description = "Side to which pictures are brought, 0 to leave them.")
    private int size;

    @Option(
            names = "--crop",
            paramLabel = "N",
            description = "Side of the square that is cut out of the middle first, 0 for none.")
    private int crop;

    @Option(names = "--count", paramLabel = "N", description = "How many pictures a made-up set draws for training.")
    private int count = 12_000;

    @Option(
            names = "--label-column",
            paramLabel = "N",
            description = "Column of a .csv file that holds labels, from 0.")
    private @Nullable Integer labelColumn;

    @Option(names = "--data-dir", paramLabel = "D", description = "Folder of data sets, looked in first.")
    private @Nullable Path dataDir;

    @Override
    public Integer call() throws IOException {
        NpyFiles.checkWritable(out, spec.commandLine());
        if (set.toLowerCase(Locale.ROOT).endsWith(".csv")) {
            var table = NumberTable.read(Path.of(set), Optional.ofNullable(labelColumn));
            write(table.numbers(), table.labels());
            return 0;
        }
        Dataset dataset = Datasets.open(data(), DataPlaces.here(Optional.ofNullable(dataDir)));
        List<Examples> splits = switch (part) {
            case TRAIN -> List.of(dataset.examples(Split.TRAIN));
            case TEST -> List.of(dataset.examples(Split.TEST));
            case ALL -> List.of(dataset.examples(Split.TRAIN), dataset.examples(Split.TEST));
        };
        int rows = splits.stream().mapToInt(Examples::size).sum();
        if (rows == 0) {
            throw new ParameterException(spec.commandLine(), "%s has no examples in its %s split".formatted(set, part));
        }
        int columns = dataset.shape().count();
        requireRoom(spec, set, rows, columns);
        float[] values = new float[rows * columns];
        int[] labels = new int[rows];
        int row = 0;
        for (Examples examples : splits) {
            for (int i = 0; i < examples.size(); i++, row++) {
                examples.read(i, values, row * columns);
                labels[row] = examples.label(i);
            }
        }
        write(Matrix.of(rows, columns, values), Optional.of(labels));
        return 0;
    }

    private Data data() {
        try {
            return Data.of(set)
                    .withSize(size)
                    .withValidation(0)
                    .withCount(count)
                    .withCrop(crop);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** @throws ParameterException if so many numbers are too many for one table */
    static void requireRoom(CommandSpec spec, String set, long rows, long columns) {
        if (rows * columns > MOST_NUMBERS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s has %,d × %,d numbers, and a table holds %,d: make its pictures smaller by --size or --crop, or take one split by --split"
                            .formatted(set, rows, columns, MOST_NUMBERS));
        }
    }

    private void write(Matrix matrix, Optional<int[]> labels) throws IOException {
        Npy.write(out, matrix);
        String name = out.getFileName().toString();
        String stem = name.endsWith(".npy") ? name.substring(0, name.length() - 4) : name;
        Path beside = out.resolveSibling(stem + ".labels.npy");
        String also = "";
        if (labels.isPresent()) {
            Npy.writeLabels(beside, labels.get());
            also = " and labels to " + beside;
        }
        spec.commandLine()
                .getOut()
                .println("wrote %d × %d to %s%s".formatted(matrix.rows(), matrix.columns(), out, also));
    }
}
