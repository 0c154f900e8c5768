package org.spdbook.kernel.editing;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a suggested name is, by where it stands and how it is written: JShell gives names alone.
 *
 * @param lead of the snippet, up to the name that is being typed
 * @param variables names of the variables that are known there
 */
record NameKind(String lead, Set<String> variables) {

    private static final Pattern CONSTRUCTED = Pattern.compile("\\bnew\\s+([\\w.]+\\.)?$");
    private static final Pattern QUALIFIED = Pattern.compile("(?:^|[^\\w.)\\]\"])([a-z_0-9]+)(\\.[a-z_0-9]+)*\\.$");
    private static final Pattern IMPORT = Pattern.compile("(?s)\\s*import\\s.*");
    private static final Set<String> TOP_PACKAGES = ModuleLayer.boot().modules().stream()
            .flatMap(module -> module.getPackages().stream())
            .map(name -> name.split("\\.", 2)[0])
            .collect(Collectors.toUnmodifiableSet());

    /** The kind of a continuation that JShell suggests. */
    String of(String text) {
        if (text.endsWith("(") || text.endsWith("()")) {
            return CONSTRUCTED.matcher(lead).find() ? "class" : "method";
        }
        if (text.endsWith(".")) {
            return "package";
        }
        if (!JavaCompletion.isName(text)) {
            return "keyword";
        }
        boolean capital = Character.isUpperCase(text.charAt(0));
        String before = lead.stripTrailing();
        if (IMPORT.matcher(lead).matches() || inPackage()) {
            return capital ? "class" : "package";
        }
        if (before.endsWith("::")) {
            return "method";
        }
        if (before.endsWith(".")) {
            boolean constant = text.equals(text.toUpperCase(java.util.Locale.ROOT));
            return capital && !constant ? "class" : "field";
        }
        if (variables.contains(text)) {
            return "variable";
        }
        return capital ? "class" : TOP_PACKAGES.contains(text) ? "package" : "variable";
    }

    /** Whether a path of lower-case names that does not begin with a variable is before the name. */
    private boolean inPackage() {
        var path = QUALIFIED.matcher(lead);
        return path.find() && !variables.contains(path.group(1));
    }
}
