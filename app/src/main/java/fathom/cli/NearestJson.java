package fathom.cli;

import fathom.inspect.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The nearest training pictures as {@code --json} tells them. */
final class NearestJson {
    private NearestJson() {}

    static List<Map<String, Object>> of(List<Nearest> found) {
        return found.stream().map(NearestJson::of).toList();
    }

    private static Map<String, Object> of(Nearest nearest) {
        var map = new LinkedHashMap<String, Object>();
        map.put("example", nearest.example());
        map.put("squaredDistance", nearest.distance());
        return map;
    }
}
