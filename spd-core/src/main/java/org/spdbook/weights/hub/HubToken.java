package org.spdbook.weights.hub;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/** A secret that lets its owner read repositories. It is sent to the endpoint alone, never stored, and never shown. */
public final class HubToken {

    private final String value;
    private final String source;

    private HubToken(String value, String source) {
        this.value = value;
        this.source = source;
    }

    /**
     * A token.
     *
     * @param text as found; blanks around it are left out
     * @param source where it was found, for errors
     * @throws IllegalArgumentException if it holds what no token holds; the message does not show it
     */
    public static HubToken of(String text, String source) {
        String value = text.strip();
        if (!value.matches("[\\x21-\\x7e]{1,1000}")) {
            throw new IllegalArgumentException(source + " needs a token in one line of plain characters, found "
                    + value.length() + " characters with others among them; copy it again from the hub's settings");
        }
        return new HubToken(value, source);
    }

    /** Where it was found: {@code HF_TOKEN}, or the path of a file. */
    public String source() {
        return source;
    }

    /** Only the endpoint itself, over TLS or on this machine, may see it: no host that a redirect names. */
    boolean mayGoTo(URI target, URI endpoint) {
        return sameOrigin(target, endpoint)
                && (target.getScheme().equalsIgnoreCase("https") || isLoopback(target.getHost()));
    }

    /** The value of the header {@code Authorization}. */
    String authorization() {
        return "Bearer " + value;
    }

    /** Whether two addresses have scheme, host and port in common. */
    static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && Objects.requireNonNullElse(one.getHost(), "").equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    private static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.[0-9]{1,3}){3}");
    }

    @Override
    public String toString() {
        return "token of " + source;
    }
}
