package org.spdbook.magics.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spdbook.magics.front.Front;
import org.spdbook.train.Cancel;
import org.spdbook.weights.hub.DownloadProgress;
import org.spdbook.weights.hub.HubDownload;
import org.spdbook.weights.hub.HubException;
import org.spdbook.weights.hub.HubFile;
import org.spdbook.weights.hub.HubSettings;
import org.spdbook.weights.hub.PaperWeights;
import org.spdbook.weights.hub.PaperWeights.WeightsFile;
import org.spdbook.weights.hub.Pulled;
import org.spdbook.weights.hub.WeightIndex;
import picocli.CommandLine;

/** {@code pull REPO [FILE ...] | --table N | --list}: pre-trained weights from a hub. */
@CommandLine.Command(
        name = "pull",
        description = {
            "Load pre-trained weights, or other files of a repository, from Hugging Face.",
            "",
            "Files go into the cache that Hugging Face's own programs use and share with this one: HF_HUB_CACHE, or hub in"
                    + " HF_HOME, or ~/.cache/huggingface/hub. What was cut or interrupted goes on where it stopped. A"
                    + " licence is accepted on the page of the repository; HF_TOKEN is then the token of the account."
                    + " HF_ENDPOINT names another hub; HF_HUB_OFFLINE=1 leaves the network alone.",
            ""
        })
public final class Pull implements Word {

    private static final String USE = "write it as: pull REPO [FILE ...], pull --table N, or pull --list";

    @CommandLine.Parameters(
            index = "0",
            paramLabel = "REPO",
            arity = "0..1",
            description = "a repository, such as openai/clip-vit-base-patch16")
    private @Nullable String repository;

    @CommandLine.Parameters(
            index = "1..*",
            paramLabel = "FILE",
            arity = "0..*",
            description = "its files; by default those of --list, or else config.json and the safetensors")
    private List<String> names = List.of();

    @CommandLine.Option(
            names = "--revision",
            paramLabel = "NAME",
            description = "branch, tag, refs/pr/N or commit (main, or that of --list)")
    private @Nullable String revision;

    @CommandLine.Option(names = "--table", paramLabel = "N", description = "all that a table of the paper begins with")
    private @Nullable Integer table;

    @CommandLine.Option(names = "--list", description = "list the weights of all tables, and what is in the cache")
    private boolean list;

    @CommandLine.Option(
            names = "--to",
            paramLabel = "FOLDER",
            description =
                    "put the files into this folder too, with --table into FOLDER/REPO; large ones share their bytes"
                            + " with the cache: do not write to them")
    private @Nullable Path target;

    @CommandLine.Mixin
    private Json json = new Json();

    /** weights: what the list says of the repository. */
    private record Wanted(
            String repository, String revision, List<WeightsFile> files, Optional<PaperWeights> weights) {}

    @Override
    public Answer answer(Front front) throws IOException {
        if ((repository != null ? 1 : 0) + (table != null ? 1 : 0) + (list ? 1 : 0) != 1
                || list && target != null
                || repository == null && revision != null) {
            throw new IllegalArgumentException("pull needs a repository, a table or the list, and one of them; " + USE);
        }
        HubSettings settings = HubSettings.here();
        if (list) {
            return Answer.of(json.isAsked() ? WeightsGrid.json(settings.cache()) : WeightsGrid.of(settings.cache()));
        }
        List<Wanted> all = wanted();
        var cancel = new Cancel();
        Front.Registration registration = front.onInterrupt(cancel::ask);
        try (registration) {
            var puller = new Puller(new HubDownload(settings), front.watchDownloads(), cancel);
            Map<Wanted, List<Pulled>> pulled = new LinkedHashMap<>();
            for (Wanted one : all) {
                announce(front, one);
                pulled.put(one, puller.pull(one));
            }
            return shown(pulled);
        }
    }

    private List<Wanted> wanted() {
        if (table != null) {
            return PaperWeights.ofTable(table).stream()
                    .map(one -> new Wanted(one.repository(), one.revision(), one.files(), Optional.of(one)))
                    .toList();
        }
        String name = HubFile.checkRepository(String.valueOf(repository));
        Optional<PaperWeights> known = PaperWeights.of(name);
        String chosen =
                revision != null ? revision : known.map(PaperWeights::revision).orElse(HubFile.MAIN);
        List<WeightsFile> files = names.isEmpty()
                ? known.map(PaperWeights::files).orElse(List.of())
                : names.stream().map(file -> known(known, chosen, file)).toList();
        files.forEach(file -> new HubFile(name, chosen, file.name())); // all are checked before one is asked for
        return List.of(new Wanted(name, chosen, files, names.isEmpty() ? known : Optional.empty()));
    }

    /** A file with the checksum that the list knows of it at this revision. */
    private static WeightsFile known(Optional<PaperWeights> weights, String revision, String name) {
        return weights.filter(one -> one.revision().equals(revision)).stream()
                .flatMap(one -> one.files().stream())
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElse(new WeightsFile(name, Optional.empty()));
    }

    private static void announce(Front front, Wanted one) {
        one.weights()
                .flatMap(PaperWeights::gigabytes)
                .ifPresent(gigabytes -> front.messages()
                        .printf(Locale.ROOT, "%s: about %.1f GB in all%n", one.repository(), gigabytes));
    }

    /** Brings files one after the other. */
    private record Puller(HubDownload download, DownloadProgress progress, Cancel cancel) {

        private static final String WHOLE = "model.safetensors";

        List<Pulled> pull(Wanted wanted) throws IOException {
            List<Pulled> all = new ArrayList<>();
            for (WeightsFile file : wanted.files()) {
                all.addAll(pull(wanted, file));
            }
            if (wanted.files().isEmpty()) {
                all.addAll(pull(wanted, new WeightsFile("config.json", Optional.empty())));
                all.addAll(weights(wanted));
            }
            return all;
        }

        /** A file; of an index also the files that it names. */
        private List<Pulled> pull(Wanted wanted, WeightsFile file) throws IOException {
            List<Pulled> all = new ArrayList<>();
            Pulled one = download.pull(
                    new HubFile(wanted.repository(), wanted.revision(), file.name()),
                    file.sha256(),
                    progress,
                    cancel::isAsked);
            all.add(one);
            if (WeightIndex.isIndex(file.name())) {
                for (String shard : WeightIndex.files(file.name(), one.path())) {
                    all.addAll(pull(wanted, new WeightsFile(shard, Optional.empty())));
                }
            }
            return all;
        }

        private List<Pulled> weights(Wanted wanted) throws IOException {
            try {
                return pull(wanted, new WeightsFile(WHOLE, Optional.empty()));
            } catch (HubException e) {
                if (!e.isMissing()) {
                    throw e;
                }
                try {
                    return pull(wanted, new WeightsFile(WHOLE + ".index.json", Optional.empty()));
                } catch (HubException neither) {
                    throw neither.isMissing() ? e : neither;
                }
            }
        }
    }

    private Answer shown(Map<Wanted, List<Pulled>> pulled) throws IOException {
        var grid = new PulledGrid();
        for (Map.Entry<Wanted, List<Pulled>> entry : pulled.entrySet()) {
            for (Pulled one : entry.getValue()) {
                grid.add(one, target == null ? one.path() : one.putInto(folder(entry.getKey())));
            }
            entry.getKey().weights().ifPresent(grid::explain);
        }
        return Answer.of(json.isAsked() ? Json.text(grid.tree()) : grid.grid());
    }

    private Path folder(Wanted one) {
        Path folder = Objects.requireNonNull(target);
        return table == null ? folder : folder.resolve(one.repository());
    }
}
