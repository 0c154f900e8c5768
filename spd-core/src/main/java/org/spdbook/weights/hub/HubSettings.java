package org.spdbook.weights.hub;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says about the hub, in the words of huggingface_hub ({@code constants.py}), so that both programs look
 * in the same places: {@code HF_ENDPOINT}; {@code HF_TOKEN}, or the file {@code HF_TOKEN_PATH} or {@code HF_HOME/token};
 * {@code HF_HUB_CACHE}, or {@code HF_HOME/hub}, or {@code ~/.cache/huggingface/hub}; {@code HF_HUB_OFFLINE};
 * {@code HF_HUB_DISABLE_SYMLINKS}.
 *
 * @param endpoint address without a slash at its end
 * @param token to show who asks
 * @param tokenFile where a token is looked for when {@code HF_TOKEN} has none; need not be there
 * @param cache where files are kept
 * @param offline whether the network is to be left alone
 * @param symlinks whether the cache may have symbolic links
 */
public record HubSettings(
        URI endpoint, Optional<HubToken> token, Path tokenFile, HubCache cache, boolean offline, boolean symlinks) {

    private static final String ENDPOINT = "https://huggingface.co";
    private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");

    /**
     * Those of this process. A Java property goes before the environment variable: {@code hf.hub.cache} before
     * {@code HF_HUB_CACHE}.
     *
     * @throws IllegalArgumentException if one cannot be used, in one sentence
     */
    public static HubSettings here() {
        return of(
                name -> {
                    @Nullable
                    String property =
                            System.getProperty(name.toLowerCase(Locale.ROOT).replace('_', '.'));
                    return property != null ? property : System.getenv(name);
                },
                Path.of(System.getProperty("user.home")));
    }

    /**
     * Those of an environment.
     *
     * @param variable the value of an environment variable, or null
     * @param home of the user
     */
    static HubSettings of(Function<String, @Nullable String> variable, Path home) {
        Function<String, Optional<String>> set = name ->
                Optional.ofNullable(variable.apply(name)).map(String::strip).filter(text -> !text.isEmpty());
        Function<String, Optional<Path>> place = name -> set.apply(name).map(text -> path(text, home));
        Path own = place.apply("HF_HOME")
                .orElseGet(() -> place.apply("XDG_CACHE_HOME")
                        .orElse(home.resolve(".cache"))
                        .resolve("huggingface"));
        Path cache = place.apply("HF_HUB_CACHE")
                .or(() -> place.apply("HUGGINGFACE_HUB_CACHE"))
                .orElse(own.resolve("hub"));
        Path tokenFile = place.apply("HF_TOKEN_PATH").orElse(own.resolve("token"));
        Optional<HubToken> token =
                set.apply("HF_TOKEN").map(text -> HubToken.of(text, "HF_TOKEN")).or(() -> read(tokenFile));
        boolean offline = set.apply("HF_HUB_OFFLINE")
                .or(() -> set.apply("TRANSFORMERS_OFFLINE"))
                .filter(HubSettings::isTrue)
                .isPresent();
        boolean symlinks =
                set.apply("HF_HUB_DISABLE_SYMLINKS").filter(HubSettings::isTrue).isEmpty();
        return new HubSettings(
                endpoint(set.apply("HF_ENDPOINT").orElse(ENDPOINT)),
                token,
                tokenFile.toAbsolutePath().normalize(),
                new HubCache(cache.toAbsolutePath().normalize()),
                offline,
                symlinks);
    }

    private static boolean isTrue(String text) {
        return TRUE.contains(text.toUpperCase(Locale.ROOT));
    }

    private static Path path(String text, Path home) {
        return text.equals("~") ? home : text.startsWith("~/") ? home.resolve(text.substring(2)) : Path.of(text);
    }

    private static Optional<HubToken> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            String text = Files.readString(file);
            return text.isBlank() ? Optional.empty() : Optional.of(HubToken.of(text, file.toString()));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the token in " + file + " cannot be read (" + e.getClass().getSimpleName()
                            + "); make the file readable, or set HF_TOKEN",
                    e);
        }
    }

    private static URI endpoint(String text) {
        try {
            URI uri = new URI(text.replaceFirst("/+$", ""));
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (web
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(noAddress(), e);
        }
        throw new IllegalArgumentException(noAddress());
    }

    /** Without the text itself, which may hold a password. */
    private static String noAddress() {
        return "HF_ENDPOINT needs the address of a hub with neither name nor password in it, such as " + ENDPOINT
                + ", found something else; set it again, or leave it out";
    }
}
