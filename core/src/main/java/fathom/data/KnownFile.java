package fathom.data;

/**
 * One file of a public data set, which may lie packed by gzip, as it is published, or unpacked.
 *
 * @param name as published; if it ends in {@code .gz}, the file is packed
 * @param bytes size as published
 * @param sha256 checksum as published, in hexadecimal
 * @param unpackedBytes size of the content
 * @param unpackedSha256 checksum of the content
 */
public record KnownFile(String name, long bytes, String sha256, int unpackedBytes, String unpackedSha256) {
    private static final String PACKED = ".gz";

    /** The name without {@code .gz}, if it has that. */
    public String unpackedName() {
        return name.endsWith(PACKED) ? name.substring(0, name.length() - PACKED.length()) : name;
    }
}
