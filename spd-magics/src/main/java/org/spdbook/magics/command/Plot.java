package org.spdbook.magics.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.spdbook.chart.Chart;
import org.spdbook.chart.PictureGrid;
import org.spdbook.chart.PictureGridSvg;
import org.spdbook.chart.SvgWriter;
import org.spdbook.experiment.GroupCharts;
import org.spdbook.experiment.Known;
import org.spdbook.experiment.LayerCharts;
import org.spdbook.experiment.PictureGrids;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunCharts;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.Setting;
import org.spdbook.experiment.SettingCharts;
import org.spdbook.experiment.WiseCurve;
import org.spdbook.experiment.World;
import org.spdbook.experiment.mechanism.DeviationChart;
import org.spdbook.experiment.mechanism.Mechanism;
import org.spdbook.experiment.mechanism.MechanismCharts;
import org.spdbook.experiment.table.KnownRuns;
import org.spdbook.experiment.table.NamedGrids;
import org.spdbook.experiment.table.RateGrids;
import org.spdbook.experiment.table.SetCharts;
import org.spdbook.experiment.table.Table;
import org.spdbook.experiment.table.TablePlans;
import org.spdbook.magics.front.Front;
import org.spdbook.weights.AtomicFile;
import picocli.CommandLine;

/** {@code plot KIND RUN ...}: a chart of runs, or test pictures with what runs take them for. */
@CommandLine.Command(
        name = "plot",
        description = {
            "Draw charts of runs, and test pictures with what runs take them for.",
            "rates, lambda: ID and OOD accuracy over learning rate or strength (rates: of a grid at the strength that ID",
            "validation chooses); frontier: OOD over ID; groups: test sets far from what was trained on over those near to it;",
            "loss, deviation: over the steps; layers: deviation per layer; selection: layers pulled back over the steps;",
            "images: pictures of a test set with what one or two runs take them for, or what up to 8 runs answer;",
            "corruptions: bars by test set of a stored table; wise: a run on the way from its pre-trained weights;",
            "controls, variants: Adam-SPD minus each row of a stored table of that name;",
            "mechanism WORLD --by VIEW: which tensors are pulled back, and what that has to do with accuracy."
        })
public final class Plot implements Word {

    /** What can be drawn. */
    public static final List<String> KINDS = List.of(
            "loss",
            "frontier",
            "groups",
            "rates",
            "lambda",
            "deviation",
            "layers",
            "selection",
            "images",
            "wise",
            "corruptions",
            "controls",
            "variants",
            "mechanism");

    /** What can be drawn of a stored table. */
    private static final List<String> OF_TABLES =
            List.of("frontier", "groups", "rates", "lambda", "corruptions", "controls", "variants");

    /** What needs a stored table. */
    private static final List<String> OF_NAMED_TABLES = List.of("controls", "variants");

    /** Where there is nothing else to draw it of. */
    private static final String BY_SET = "corruptions";

    /** What {@code --by} takes. */
    public static final List<String> VIEWS =
            Stream.concat(Mechanism.KINDS.stream(), Stream.of("deviation")).toList();

    private static final int USUAL_COUNT = 20;

    @CommandLine.Parameters(
            index = "0",
            paramLabel = "KIND",
            description =
                    "loss, frontier, groups, rates, lambda, deviation, layers, selection, images, wise, corruptions, controls, variants or"
                            + " mechanism")
    private String kind = "";

    @CommandLine.Parameters(index = "1..*", paramLabel = "RUN", arity = "0..*", description = "ids or variables")
    private List<String> names = new ArrayList<>();

    @CommandLine.Mixin
    private PlotRuns choice = new PlotRuns();

    @CommandLine.Option(names = "--tensors", description = "selection: a row per tensor instead of per layer")
    private boolean tensors;

    @CommandLine.Option(names = "--on", paramLabel = "SET", description = "images: the test set")
    private @Nullable String set;

    @CommandLine.Option(names = "--wrong", description = "images: only those taken for something else")
    private boolean wrongOnly;

    @CommandLine.Option(
            names = "--count",
            paramLabel = "NUMBER",
            description = "images: how many, 1 to 24 (20 when not said)")
    private @Nullable Integer count;

    @CommandLine.Option(
            names = "--by",
            paramLabel = "VIEW",
            description = "mechanism: depth, size, time, batch, layer, class or deviation (depth when not said)")
    private @Nullable String view;

    @CommandLine.Option(names = "--svg", paramLabel = "FILE", description = "also write the picture to a file")
    private @Nullable Path file;

    @Override
    public Answer answer(Front front) throws Exception {
        Known.require("plot", kind, KINDS);
        refuse("--tensors", tensors, "selection");
        refuse("--on", set != null, "images");
        refuse("--wrong", wrongOnly, "images");
        refuse("--count", count != null, "images");
        refuse("--by", view != null, "mechanism");
        if (kind.equals("images")) {
            PictureGrid pictures = images(front);
            write(PictureGridSvg.write(pictures));
            return Answer.of(pictures);
        }
        if (kind.equals("wise")) {
            Chart chart = wise(front);
            write(SvgWriter.standard().write(chart));
            return Answer.of(chart);
        }
        if (kind.equals("mechanism")) {
            Chart chart = mechanism();
            write(SvgWriter.standard().write(chart));
            return Answer.of(chart);
        }
        if (choice.areStored() && !OF_TABLES.contains(kind)) {
            throw new IllegalArgumentException("the runs of a stored table have no history, which plot " + kind
                    + " draws; name runs instead, or choose plot " + String.join(", ", OF_TABLES));
        }
        if (kind.equals(BY_SET) && !choice.areStored()) {
            throw new IllegalArgumentException(
                    "plot corruptions draws a stored table; write it as: plot corruptions --stored pascal-table4");
        }
        if (OF_NAMED_TABLES.contains(kind) && !choice.areStored()) {
            throw new IllegalArgumentException(
                    "plot " + kind + " draws a stored table; write it as: plot " + kind + " --stored emoji-" + kind);
        }
        Chart chart = chart(choice.load(front, names));
        write(SvgWriter.standard().write(chart));
        return Answer.of(chart);
    }

    private void refuse(String option, boolean given, String owner) {
        if (given && !kind.equals(owner)) {
            throw new IllegalArgumentException(
                    option + " goes with plot " + owner + ", got it with plot " + kind + "; leave it out");
        }
    }

    private Chart chart(List<Run> runs) {
        return switch (kind) {
            case "loss" -> RunCharts.loss(runs);
            case "frontier" -> choice.areStored() ? SettingCharts.frontier(runs) : RunCharts.frontier(runs);
            case "groups" -> GroupCharts.groups(runs);
            case "rates" -> SettingCharts.rates(atOneStrength(runs));
            case "controls", "variants" -> differences(runs);
            case BY_SET -> SetCharts.bySet(table(runs));
            case "lambda" -> SettingCharts.lambda(runs);
            case "deviation" -> RunCharts.deviation(runs);
            case "layers" -> LayerCharts.deviation(runs);
            default -> selection(runs);
        };
    }

    private Chart wise(Front front) throws IOException {
        if (choice.areStored() || names.size() != 1) {
            throw new IllegalArgumentException(
                    "plot wise takes one run, whose weights it tests; write it as: plot wise RUN");
        }
        return WiseCurve.of(RunChoice.folder(front, names.get(0))).chart();
    }

    private Chart mechanism() throws IOException {
        if (choice.areStored() || names.size() != 1) {
            throw new IllegalArgumentException(
                    "plot mechanism takes one world; write it as: plot mechanism emoji --by depth");
        }
        String world = names.get(0);
        if ("deviation".equals(view)) {
            return DeviationChart.of(KnownRuns.brought(World.named(world)).brought());
        }
        return MechanismCharts.of(Mechanism.brought(world), view == null ? "depth" : view);
    }

    private Chart differences(List<Run> runs) {
        Table table = table(runs);
        return NamedGrids.differences(TablePlans.of(kind, Profile.TWIN, table.experiment()), table);
    }

    private static Table table(List<Run> runs) {
        return new Table(runs.get(0).spec().experiment(), runs.get(0).spec().profile(), runs);
    }

    /** Of a grid of rates and strengths one strength per method, the one that tuning would take; else all runs. */
    private static List<Run> atOneStrength(List<Run> runs) {
        if (runs.isEmpty()) {
            return runs;
        }
        var table =
                new Table(runs.get(0).spec().experiment(), runs.get(0).spec().profile(), runs);
        return RateGrids.fits(table) ? RateGrids.atChosenStrength(table) : runs;
    }

    private Chart selection(List<Run> runs) {
        if (runs.size() != 1) {
            throw new IllegalArgumentException("plot selection takes one run, got " + runs.size());
        }
        return tensors ? RunCharts.selection(runs.get(0)) : LayerCharts.selection(runs.get(0));
    }

    private PictureGrid images(Front front) throws IOException {
        if (set == null || choice.areStored() || names.isEmpty() || names.size() > PictureGrids.MOST_ANSWERING) {
            throw new IllegalArgumentException("plot images needs the weights of one or two runs, of questions up to "
                    + PictureGrids.MOST_ANSWERING
                    + ", and a test set; write it as: plot images RUN [RUN] --on SET");
        }
        List<RunFolder> folders = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (String name : names) {
            RunFolder folder = RunChoice.folder(front, name);
            folders.add(folder);
            labels.add(Setting.of(folder.load()).label());
        }
        return PictureGrids.of(folders, set, labels, count == null ? USUAL_COUNT : count, wrongOnly);
    }

    private void write(String svg) throws IOException {
        if (file != null) {
            AtomicFile.write(file, svg.getBytes(StandardCharsets.UTF_8));
        }
    }
}
