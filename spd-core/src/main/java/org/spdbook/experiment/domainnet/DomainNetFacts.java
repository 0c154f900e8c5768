package org.spdbook.experiment.domainnet;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.spdbook.data.DomainNet;
import org.spdbook.data.DomainNetCheck;
import org.spdbook.data.DomainNetRelease;
import org.spdbook.experiment.DataCheck;

/** What is said about a folder of DomainNet. */
final class DomainNetFacts {

    private static final int NAMED = 5;

    private DomainNetFacts() {}

    /** Lines of the lists of every domain: {@code clipart 33,525/14,604, ...}, a question mark where it is not known. */
    static String sizes(Map<String, Integer> sizes) {
        return DomainNet.DOMAINS.stream()
                .map(domain ->
                        domain + " " + size(sizes.get(domain + "_train")) + "/" + size(sizes.get(domain + "_test")))
                .collect(Collectors.joining(", "));
    }

    private static String size(@Nullable Integer size) {
        return size == null ? "?" : String.format(Locale.ROOT, "%,d", size);
    }

    /** Facts about the lists. */
    static Map<String, String> of(DomainNet data) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("lists found, train/test", sizes(data.sizes()));
        facts.put(
                "release",
                data.release().map(release -> release.word() + ", by the lists").orElse(neither(data)));
        facts.put("classes", data.classes().size() + " of " + DomainNet.CLASSES);
        facts.put("checksum of the lists", data.checksum());
        return facts;
    }

    /** How many pictures of a domain are trained, validated and tested on. */
    static String used(DomainNet data, String domain) {
        return size(data.training(domain, 0).size()) + " to train on, "
                + size(data.validation(domain, 0).size()) + " held out for validation, "
                + size(data.test(domain).size()) + " to test on";
    }

    private static String neither(DomainNet data) {
        return "neither: "
                + Arrays.stream(DomainNetRelease.values())
                        .map(release -> {
                            List<String> differing = release.differing(data.sizes());
                            return differing.size() + " lists are not of the " + release.word() + " one's lengths ("
                                    + named(differing) + ")";
                        })
                        .collect(Collectors.joining(", "));
    }

    /** Facts about the lists and every file they name. */
    static DataCheck check(DomainNet data, IntConsumer progress) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("folder", data.root().toString());
        facts.putAll(of(data));
        DomainNetCheck check = DomainNetCheck.of(data, progress);
        facts.put("files", size(check.files()));
        facts.put("missing", counted(check.missing()));
        facts.put(
                "broken",
                counted(check.broken().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .toList()));
        facts.put("listed twice", counted(check.repeated()));
        return new DataCheck(facts, check.isComplete());
    }

    private static String counted(List<String> names) {
        return names.isEmpty() ? "none" : size(names.size()) + ": " + named(names);
    }

    private static String named(List<String> names) {
        return names.stream().limit(NAMED).collect(Collectors.joining(", ")) + (names.size() > NAMED ? ", ..." : "");
    }
}
