package fathom.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Numbers of options, checked before any work. */
final class Ranges {
    private Ranges() {}

    /** @throws ParameterException if the number is out of its range; the message names the option */
    static void requireBetween(CommandSpec spec, String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(), "%s is a number from %,d to %,d; got %d".formatted(option, least, most, value));
        }
    }

    /** @throws ParameterException if the number is not above 0, or above the most */
    static void requirePositive(CommandSpec spec, String option, double value, double most) {
        if (!(value > 0 && value <= most)) {
            throw new ParameterException(
                    spec.commandLine(), "%s is a number above 0 and at most %s; got %s".formatted(option, most, value));
        }
    }
}
