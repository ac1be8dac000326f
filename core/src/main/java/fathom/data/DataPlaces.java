package fathom.data;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The folders in which data sets are looked for, in order; each set lies in a sub-folder of its name.
 *
 * @param folders the last one is the user's cache folder, where fetched sets go
 */
public record DataPlaces(List<Path> folders) {
    /** The environment variable that names a folder of data sets. */
    public static final String VARIABLE = "FATHOM_DATA";

    /** @throws IllegalArgumentException if there is no folder */
    public DataPlaces {
        folders = List.copyOf(folders);
        if (folders.isEmpty()) {
            throw new IllegalArgumentException("data is looked for in at least one folder");
        }
    }

    /**
     * The folder a user names, the one in {@code FATHOM_DATA}, the user's cache folder.
     *
     * @param dataDir what the user names, if anything
     * @param environment the process's environment variables
     * @param home the user's home folder
     * @param system the operating system's name, as in {@code os.name}
     * @throws DataException if {@code FATHOM_DATA} is no path
     */
    public static DataPlaces of(Optional<Path> dataDir, Map<String, String> environment, Path home, String system) {
        var folders = new ArrayList<Path>();
        dataDir.ifPresent(folders::add);
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isBlank() && !folders.contains(path(named))) {
            folders.add(path(named));
        }
        Path cache = cache(environment, home, system);
        if (folders.isEmpty() || !folders.getLast().equals(cache)) {
            folders.add(cache); // the last one, even if the user names it first
        }
        return new DataPlaces(folders);
    }

    /** The places of this process: as {@link #of(Optional, Map, Path, String)} with its own environment. */
    public static DataPlaces here(Optional<Path> dataDir) {
        return of(
                dataDir,
                System.getenv(),
                Path.of(System.getProperty("user.home", ".")),
                System.getProperty("os.name", ""));
    }

    /** Where fetched sets go. */
    public Path cache() {
        return folders.getLast();
    }

    private static Path cache(Map<String, String> environment, Path home, String system) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return absolute(environment, "LOCALAPPDATA")
                    .orElse(home.resolve("AppData").resolve("Local"))
                    .resolve("fathom");
        }
        if (name.startsWith("mac")) {
            return home.resolve("Library").resolve("Caches").resolve("fathom");
        }
        return absolute(environment, "XDG_CACHE_HOME")
                .orElse(home.resolve(".cache"))
                .resolve("fathom");
    }

    /** The folder an environment variable names; the XDG base directory rules say to ignore a relative one. */
    private static Optional<Path> absolute(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(DataPlaces::path)
                .filter(Path::isAbsolute);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new DataException("%s is no path of a folder: %s".formatted(text, e.getReason()), e);
        }
    }
}
