package fathom.cli;

import fathom.model.Network;
import java.util.Locale;

/** A network as a table: each layer that does something, its output and its parameters. */
final class LayerTable {
    private LayerTable() {}

    static String of(Network network) {
        var table = new Table("path", "layer", "output", "parameters", "multiply-adds");
        table.row("", "input", network.input().toString(), "0", "0");
        for (Network.Place place : network.leaves()) {
            table.row(
                    place.path(),
                    place.title(),
                    place.out().toString(),
                    grouped(place.parameterCount()),
                    grouped(place.multiplyAdds()));
        }
        table.row("", "total", "", grouped(network.parameterCount()), grouped(network.multiplyAdds()));
        return table.text();
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
