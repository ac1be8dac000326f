package fathom.cli;

import picocli.CommandLine.Command;

/** {@code fathom data}. */
@Command(
        name = "data",
        description = "Shows, checks, fetches and exports data sets.",
        mixinStandardHelpOptions = true,
        subcommands = {DataListCommand.class, DataVerifyCommand.class, DataFetchCommand.class, DataExportCommand.class})
final class DataCommand {}
