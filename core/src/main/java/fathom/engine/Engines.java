package fathom.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The engines that are present, best first. */
public final class Engines {
    private Engines() {}

    public static List<Engine> present() {
        var engines = new ArrayList<Engine>();
        ServiceLoader.load(Engine.class).forEach(engines::add);
        engines.sort(Comparator.comparingInt(Engine::rank));
        return engines;
    }

    /**
     * The engine that {@code compute} names, or with {@code auto} the first that can do it.
     *
     * @throws EngineException if there is none
     */
    public static Engine choose(Compute compute) {
        var engines = present();
        if (engines.isEmpty()) {
            throw new EngineException(
                    "no engine is present: the class path lacks the engines' META-INF/services files");
        }
        var problems = new ArrayList<String>();
        for (Engine engine : engines) {
            if (compute.engine().equals("auto") || compute.engine().equals(engine.name())) {
                var problem = engine.problem(compute);
                if (problem.isEmpty()) {
                    return engine;
                }
                problems.add(engine.name() + ": " + problem.get());
            }
        }
        if (problems.isEmpty()) {
            throw new EngineException("there is no engine \"%s\": choose auto or one of %s"
                    .formatted(
                            compute.engine(), engines.stream().map(Engine::name).toList()));
        }
        throw new EngineException(String.join("\n", problems));
    }
}
