package org.spdbook.weights.hub;

import java.util.Optional;

/**
 * What a hub says of a file before it is loaded.
 *
 * @param file at the commit that its revision is now
 * @param etag without quotes: the name of its blob
 * @param size bytes
 */
record RemoteFile(HubFile file, String etag, long size) {

    String commit() {
        return file.revision();
    }

    /** The SHA-256 of the file, which is the ETag of those that are kept in LFS. */
    Optional<String> sha256() {
        return etag.matches("[0-9a-f]{64}") ? Optional.of(etag) : Optional.empty();
    }

    /** {@code W/"abc"} and {@code "abc"} are {@code abc}. */
    static String plainEtag(String header) {
        return header.strip().replaceFirst("^W/", "").replaceAll("^\"|\"$", "");
    }
}
