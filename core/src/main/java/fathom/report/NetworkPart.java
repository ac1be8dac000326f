package fathom.report;

import fathom.model.Network;
import fathom.model.Network.Place;
import java.util.ArrayList;
import java.util.List;

/** The network: its diagram and its layers. */
final class NetworkPart {
    private NetworkPart() {}

    static String of(Material material, Figures figures) {
        Network network = material.network();
        return Html.section(
                "network",
                "The network",
                figures.add("network", Diagram.of(network), Figures.WIDE, "")
                        + Html.openDetails("Layer by layer", table(network)));
    }

    private static String table(Network network) {
        var rows = new ArrayList<List<String>>();
        for (Place place : network.leaves()) {
            rows.add(List.of(
                    MapsPart.place(place.path()),
                    Html.text(place.title()),
                    Html.still(place.out().toString()),
                    Words.count(place.parameterCount()),
                    Words.count(place.multiplyAdds())));
        }
        rows.add(List.of(
                "",
                "<strong>all</strong>",
                "",
                Words.count(network.parameterCount()),
                Words.count(network.multiplyAdds())));
        return Html.table(List.of("place", "layer", "output", "#parameters", "#multiply-adds"), rows);
    }
}
