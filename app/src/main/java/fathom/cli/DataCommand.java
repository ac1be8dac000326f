package fathom.cli;

import picocli.CommandLine.Command;

/** {@code fathom data}. */
@Command(
        name = "data",
        description = "Shows, checks and fetches data sets.",
        mixinStandardHelpOptions = true,
        subcommands = {DataListCommand.class, DataVerifyCommand.class, DataFetchCommand.class})
final class DataCommand {}
