package org.spdbook.kernel.maven;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;

/** Coordinates as they are typed: {@code group:artifact[:extension[:classifier]][:version]}, or XML of a pom. */
public final class Coordinates {

    private static final Pattern ELEMENT = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
    private static final int PARTS = 5;

    private Coordinates() {}

    /** The artifact of coordinates; its version is empty when none is given. */
    static Artifact read(String text) throws MavenException {
        String[] parts = text.split(":", -1);
        boolean blank = List.of(parts).stream().anyMatch(String::isBlank);
        if (parts.length < 2 || parts.length > PARTS || blank || text.chars().anyMatch(Character::isWhitespace)) {
            throw new MavenException(
                    "a library is group:artifact:version, such as com.google.code.gson:gson:2.11.0, got " + text);
        }
        return switch (parts.length) {
            case 2 -> new DefaultArtifact(parts[0], parts[1], "jar", "");
            case 3 -> new DefaultArtifact(parts[0], parts[1], "jar", parts[2]);
            case 4 -> new DefaultArtifact(parts[0], parts[1], parts[2], parts[3]);
            default -> new DefaultArtifact(parts[0], parts[1], parts[3], parts[2], parts[4]);
        };
    }

    /** Coordinates in several lines: one in each, {@code #} begins a comment; or the dependency elements of a pom. */
    public static List<String> lines(String text) {
        List<String> found = new ArrayList<>();
        Matcher elements = ELEMENT.matcher(text);
        while (elements.find()) {
            String element = elements.group(1);
            StringBuilder one = new StringBuilder(part(element, "groupId").orElse("") + ":"
                    + part(element, "artifactId").orElse(""));
            Optional<String> classifier = part(element, "classifier");
            Optional<String> type = part(element, "type");
            if (classifier.isPresent() || type.isPresent()) {
                one.append(':').append(type.orElse("jar"));
            }
            classifier.ifPresent(name -> one.append(':').append(name));
            part(element, "version").ifPresent(version -> one.append(':').append(version));
            found.add(one.toString());
        }
        if (found.isEmpty()) {
            text.lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .forEach(found::add);
        }
        return found;
    }

    private static Optional<String> part(String element, String name) {
        Matcher matcher = Pattern.compile("<" + name + ">\\s*(.*?)\\s*</" + name + ">", Pattern.DOTALL)
                .matcher(element);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
