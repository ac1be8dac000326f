package fathom.data;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A data set that lies in published files.
 *
 * @param name also of the folder in which the files lie
 * @param home the page where people read about it
 * @param base the address to which a file's name is added to fetch it; ends in a slash
 */
public record PublicSet(String name, URI home, URI base, List<KnownFile> files) implements StoredSet {
    public PublicSet {
        files = List.copyOf(files);
    }

    /**
     * The first folder in which every file lies, packed or not.
     *
     * @throws DataException if there is none: it lists where was looked and what to do
     */
    public Path folder(DataPlaces places) {
        return find(places).orElseThrow(() -> new DataException(notFound(places)));
    }

    @Override
    public Optional<Path> find(DataPlaces places) {
        return places.folders().stream()
                .map(place -> place.resolve(name))
                .filter(folder -> missing(folder).isEmpty())
                .findFirst();
    }

    /**
     * How each file stands: in the folder where all are, else in the first where any is, else in the cache folder. Reads
     * every file.
     */
    @Override
    public List<FileCheck> verify(DataPlaces places) {
        var folders =
                places.folders().stream().map(place -> place.resolve(name)).toList();
        Path folder = folders.stream()
                .filter(candidate -> missing(candidate).isEmpty())
                .findFirst()
                .or(() -> folders.stream()
                        .filter(candidate -> missing(candidate).size() < files.size())
                        .findFirst())
                .orElse(folders.getLast());
        return files.stream().map(file -> FileCheck.of(this, file, folder)).toList();
    }

    @Override
    public String remedy(DataPlaces places) {
        return "fathom data fetch " + name;
    }

    /** Where a file lies in a folder: as published or, if only that is there, unpacked. */
    Optional<Path> locate(Path folder, KnownFile file) {
        Path packed = folder.resolve(file.name());
        Path unpacked = folder.resolve(file.unpackedName());
        return Files.exists(packed)
                ? Optional.of(packed)
                : Optional.of(unpacked).filter(Files::exists);
    }

    private List<KnownFile> missing(Path folder) {
        return files.stream().filter(file -> locate(folder, file).isEmpty()).toList();
    }

    private String notFound(DataPlaces places) {
        String looked = places.folders().stream()
                .map(place -> place.resolve(name))
                .map(folder -> "  " + folder + ": " + lack(folder))
                .collect(Collectors.joining("\n"));
        return """
                the data set %s was not found; looked in
                %s
                To get it from %s: fathom data fetch %s""".formatted(name, looked, home, name);
    }

    private String lack(Path folder) {
        if (!Files.isDirectory(folder)) {
            return "no such folder";
        }
        return "no " + missing(folder).stream().map(KnownFile::name).collect(Collectors.joining(", "));
    }
}
