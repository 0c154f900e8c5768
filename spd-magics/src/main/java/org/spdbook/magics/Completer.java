package org.spdbook.magics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Recipe;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunStore;
import org.spdbook.experiment.Trained;
import org.spdbook.experiment.World;
import org.spdbook.experiment.table.KnownRuns;
import org.spdbook.experiment.table.TablePlans;
import org.spdbook.kernel.magic.Magic.Completion;
import org.spdbook.ledger.Claim;
import org.spdbook.magics.command.Plot;
import org.spdbook.optim.OptimizerService;
import org.spdbook.optim.OptionSpec;
import org.spdbook.weights.hub.PaperWeights;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What could stand after the words typed so far.
 *
 * @param runs of this folder
 * @param variables names of Java variables that hold runs
 */
record Completer(RunStore runs, Collection<String> variables) {

    /** Completions of the last word of a line. */
    List<Completion> complete(List<String> line) {
        CommandLine tree = Words.tree();
        String typed = line.isEmpty() ? "" : line.get(line.size() - 1);
        if (line.size() <= 1) {
            return matching(tree.getSubcommands().keySet(), typed, "command");
        }
        CommandLine word = tree.getSubcommands().get(line.get(0));
        if (word == null) {
            return List.of();
        }
        CommandSpec spec = word.getCommandSpec();
        ArgSpec option = spec.findOption(line.get(line.size() - 2));
        if (option != null && option.arity().max() > 0) {
            return matching(values(option.paramLabel(), line.get(line.size() - 2), line), typed, "value");
        }
        if (typed.startsWith("-")) {
            return matching(Words.options(spec), typed, "option");
        }
        List<Completion> all = new ArrayList<>();
        ArgSpec position = position(spec, line);
        if (position != null) {
            all.addAll(matching(values(position.paramLabel(), "", line), typed, "value"));
        }
        if (typed.isEmpty()) {
            all.addAll(matching(Words.options(spec), typed, "option"));
        }
        return all;
    }

    private static @Nullable ArgSpec position(CommandSpec spec, List<String> line) {
        int index = 0;
        for (int i = 1; i < line.size() - 1; i++) {
            CommandLine.Model.OptionSpec option = spec.findOption(line.get(i));
            if (option != null) {
                i += option.arity().max() > 0 ? 1 : 0;
            } else {
                index++;
            }
        }
        for (var parameter : spec.positionalParameters()) {
            if (parameter.index().contains(index)
                    || parameter.isMultiValue() && parameter.index().min() <= index) {
                return parameter;
            }
        }
        return null;
    }

    private Collection<String> values(String label, String option, List<String> line) {
        String kind = option.isEmpty() ? label : option;
        return switch (kind) {
            case "EXPERIMENT", "WORLD", "--experiment" -> World.all().keySet();
            case "--on" -> domains(line); // of tests too, for plot images and eval
            case "--optimizer" -> OptimizerService.all().keySet();
            case "--set" -> settings(line);
            case "--peft" -> Trained.peftKinds();
            case "--profile" -> Profile.words();
            case "RUN" -> line.contains("mechanism") ? World.all().keySet() : runNames(line.contains("--untrained"));
            case "--by" -> Plot.VIEWS;
            case "KIND" -> Plot.KINDS;
            case "REPO" ->
                PaperWeights.all().stream().map(PaperWeights::repository).toList();
            case "FILE" -> files(line);
            case "--table" -> tables();
            case "TABLE" -> TablePlans.names();
            case "CLAIM" -> claims();
            case "--stored" -> KnownRuns.names();
            case "TOPIC" -> Words.tree().getSubcommands().keySet();
            default -> List.of();
        };
    }

    private static Collection<String> claims() {
        try {
            return Claim.all().stream().map(Claim::id).toList();
        } catch (IOException e) {
            return List.of(); // a build without claims has none to offer
        }
    }

    private static Collection<String> tables() {
        Set<String> tables = new LinkedHashSet<>();
        PaperWeights.all().forEach(one -> one.tables().forEach(table -> tables.add(table.toString())));
        return tables;
    }

    /** Known files of the repository in the line. */
    private static Collection<String> files(List<String> line) {
        return line.stream()
                .flatMap(word -> PaperWeights.all().stream()
                        .filter(one -> one.repository().equals(word)))
                .flatMap(one -> one.files().stream())
                .map(PaperWeights.WeightsFile::name)
                .toList();
    }

    private static Collection<String> domains(List<String> line) {
        Set<String> domains = new LinkedHashSet<>();
        World.all().values().stream()
                .filter(world -> line.contains(world.name())
                        || line.stream().noneMatch(World.all().keySet()::contains))
                .forEach(world -> domains.addAll(world.domains()));
        return domains;
    }

    private static Collection<String> settings(List<String> line) {
        int at = line.indexOf("--optimizer");
        String name = at >= 0 && at + 1 < line.size() ? line.get(at + 1) : "adam-spd";
        OptimizerService service = OptimizerService.all().get(name);
        List<OptionSpec> options = new ArrayList<>(service == null ? List.of() : service.options());
        World.all().values().stream()
                .map(World::recipe)
                .map(Recipe::options)
                .findFirst()
                .ifPresent(options::addAll);
        Set<String> texts = new LinkedHashSet<>();
        for (OptionSpec option : options) {
            if (option.values().isEmpty()) {
                texts.add(option.name() + "=");
            }
            option.values().forEach(value -> texts.add(option.name() + "=" + value));
        }
        return texts;
    }

    private Collection<String> runNames(boolean orWorlds) {
        Set<String> names = new LinkedHashSet<>(variables);
        if (orWorlds) {
            names.addAll(World.all().keySet());
        }
        try {
            runs.list().stream().map(RunFolder::id).forEach(names::add);
        } catch (IOException e) {
            // A folder that cannot be read has nothing to offer.
            return names;
        }
        return names;
    }

    private static List<Completion> matching(Collection<String> values, String typed, String type) {
        return values.stream()
                .filter(value -> value.startsWith(typed))
                .map(value -> new Completion(value, type))
                .toList();
    }
}
