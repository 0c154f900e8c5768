package org.spdbook.kernel.maven;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.eclipse.aether.repository.RemoteRepository;

/**
 * A Maven repository.
 *
 * @param id what settings.xml knows it by: its mirrors and its server's user and password
 * @param url https or file; http only of this machine
 */
public record Repository(String id, String url) {

    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    /**
     * A repository with an id from its address.
     *
     * @throws MavenException if it is no address of a repository, or one that Maven refuses too
     */
    public static Repository at(String url) throws MavenException {
        URI uri = checked(url);
        String name = uri.getHost() == null ? uri.getPath() : uri.getHost() + uri.getPath();
        return new Repository(
                name.replaceFirst("^/+", "").replaceFirst("/+$", "").replaceAll("[^A-Za-z0-9._-]", "-"), url);
    }

    /**
     * A repository with a given id.
     *
     * @throws MavenException if it is no address of a repository, or one that Maven refuses too
     */
    public static Repository named(String id, String url) throws MavenException {
        checked(url);
        return new Repository(id, url);
    }

    private static URI checked(String url) throws MavenException {
        try {
            URI uri = new URI(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (scheme.equals("http") && !isHere(uri.getHost())) {
                throw new MavenException(
                        "the repository " + url + " is not asked over http, where anybody may change what it"
                                + " gives; use its https address, or a mirror in settings.xml as with Maven itself");
            }
            if (Set.of("http", "https", "file").contains(scheme)) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // the sentence below says it
        }
        throw new MavenException("a repository has an address that begins with https:// or file:/, got " + url);
    }

    static boolean isHere(String host) {
        return host != null && HERE.contains(host);
    }

    RemoteRepository remote() {
        return new RemoteRepository.Builder(id, "default", url).build();
    }
}
