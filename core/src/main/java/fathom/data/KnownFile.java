package fathom.data;

/**
 * One file of a public data set, which may lie packed by gzip, as it is published, or unpacked.
 *
 * @param name as published, ending in {@code .gz}
 * @param bytes size as published
 * @param sha256 checksum as published, in hexadecimal
 * @param unpackedBytes size of the content
 * @param unpackedSha256 checksum of the content
 */
public record KnownFile(String name, long bytes, String sha256, int unpackedBytes, String unpackedSha256) {
    /** The name without {@code .gz}. */
    public String unpackedName() {
        return name.substring(0, name.length() - ".gz".length());
    }
}
