package fathom.cli;

import picocli.CommandLine.Command;

/** {@code fathom manifold}. */
@Command(
        name = "manifold",
        description =
                "Maps points of many dimensions: principal components, t-SNE, how good a map is, and its drawing.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ManifoldPcaCommand.class,
            ManifoldTsneCommand.class,
            ManifoldQualityCommand.class,
            ManifoldDrawCommand.class
        },
        footer = {
            "",
            "Points are rows of a .npy file of float32 or float64. Examples:",
            "  fathom data export fashion-mnist points.npy --split test",
            "  fathom manifold tsne points.npy map.npy",
            "  fathom manifold quality points.npy map.npy --labels points.labels.npy",
            "  fathom manifold draw map.npy map.svg --labels points.labels.npy"
        })
final class ManifoldCommand {}
