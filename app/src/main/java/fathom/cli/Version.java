package fathom.cli;

import fathom.run.Environment;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"fathom " + Environment.version(), "Java " + Runtime.version()};
    }
}
