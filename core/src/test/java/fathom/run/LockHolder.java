package fathom.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that holds a run's lock until its input ends, or makes runs; for tests. */
final class LockHolder {
    private LockHolder() {}

    public static void main(String[] args) throws IOException {
        if (args[0].equals("hold")) {
            try (var _ = RunLock.take(Path.of(args[1]))) {
                System.out.println("held");
                if (System.in.read() == -1) {
                    return;
                }
            }
        } else {
            var store = new RunStore(Path.of(args[1]));
            for (int i = 0; i < Integer.parseInt(args[2]); i++) {
                System.out.println(Specs.create(store, "shared").id());
                store.list();
            }
        }
    }

    static ProcessBuilder start(String... args) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.add(LockHolder.class.getName());
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }
}
