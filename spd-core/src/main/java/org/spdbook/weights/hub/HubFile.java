package org.spdbook.weights.hub;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A file of a repository on a hub. Names come from users and from other files: what could reach outside the cache, or make
 * another address, is refused here, before anything is asked. Rules: {@code validate_repo_id} and
 * {@code _validate_relative_filename} of huggingface_hub.
 *
 * @param repository {@code openai/clip-vit-base-patch16}
 * @param revision a branch, a tag, {@code refs/pr/1} or a commit
 * @param name with {@code /} between its parts: {@code config.json}
 */
public record HubFile(String repository, String revision, String name) {

    /** The branch that is meant where none is named. */
    public static final String MAIN = "main";

    private static final Pattern REPOSITORY =
            Pattern.compile("([A-Za-z0-9_]([\\w.-]*\\w)?/)?[A-Za-z0-9_]([\\w.-]{0,94}\\w)?");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern PART = Pattern.compile("[^/\\\\:*?\"<>|\\p{Cntrl}\\u2028\\u2029]{1,200}");
    private static final int LONGEST = 80;

    public HubFile {
        checkRepository(repository);
        checkParts(revision, "revision", "a branch or tag such as main, or a commit");
        checkParts(name, "file of a repository", "a name such as config.json, without .. and not absolute");
    }

    /**
     * Checks a name.
     *
     * @return the name
     * @throws IllegalArgumentException if no repository can have it, in one sentence
     */
    public static String checkRepository(String name) {
        if (!REPOSITORY.matcher(name).matches()
                || name.contains("--")
                || name.contains("..")
                || name.endsWith(".git")) {
            throw new IllegalArgumentException(
                    shown(name)
                            + " is no name of a repository; write it as ORGANISATION/NAME, such as openai/clip-vit-base-patch16");
        }
        return name;
    }

    private static void checkParts(String text, String what, String advice) {
        boolean fine = !text.isBlank();
        for (String part : text.split("/", -1)) {
            fine &= PART.matcher(part).matches() && !part.equals(".") && !part.equals("..");
        }
        if (!fine) {
            throw new IllegalArgumentException(shown(text) + " is no " + what + "; give " + advice);
        }
    }

    private static String shown(String text) {
        String plain = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
        return plain.isEmpty()
                ? "an empty text"
                : plain.length() > LONGEST ? plain.substring(0, LONGEST) + "..." : plain;
    }

    /** Whether the revision is a commit, so that the file can never change. */
    public boolean isPinned() {
        return COMMIT.matcher(revision).matches();
    }

    /** This file at another revision. */
    public HubFile at(String other) {
        return new HubFile(repository, other, name);
    }

    /** Where a hub has it: {@code ENDPOINT/REPOSITORY/resolve/REVISION/NAME}. */
    URI url(URI endpoint) {
        return URI.create(endpoint + "/" + repository + "/resolve/" + encoded(revision, "") + "/" + encoded(name, "/"));
    }

    private static String encoded(String text, String kept) {
        StringBuilder url = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
            url.append(
                    plain || kept.indexOf(c) >= 0 ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return url.toString();
    }

    /** For sentences: {@code config.json of openai/clip-vit-base-patch16 (main)}. */
    @Override
    public String toString() {
        return name + " of " + repository + " (" + revision + ")";
    }
}
