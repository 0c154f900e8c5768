package org.spdbook.magics.command;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.Known;
import org.spdbook.experiment.PictureGrids;
import org.spdbook.experiment.TestPictures;
import org.spdbook.experiment.World;
import org.spdbook.magics.front.Front;
import org.spdbook.twin.emoji.EmojiManifest;
import org.spdbook.twin.emoji.EmojiSheetBuilder;
import org.spdbook.twin.emoji.SheetDifference;
import org.spdbook.twin.emoji.Style;
import picocli.CommandLine;

/** {@code data [WORLD] [--show [--on DOMAIN]] [--pack FOLDER --to FOLDER]}: what there is to train and test on. */
@CommandLine.Command(
        name = "data",
        description = "Show the worlds, or the data or pictures of one; make its data again.")
public final class Data implements Word {

    @CommandLine.Parameters(paramLabel = "WORLD", arity = "0..1", description = "a world; all by default")
    private @Nullable String world;

    @CommandLine.Option(
            names = "--show",
            description = "show test pictures: of every domain, or with --on of every class")
    private boolean show;

    @CommandLine.Option(names = "--on", paramLabel = "DOMAIN", description = "with --show: a domain")
    private @Nullable String domain;

    @CommandLine.Option(
            names = "--pack",
            paramLabel = "FOLDER",
            description = "emoji: make the sheets again from the npm packages unpacked below this folder")
    private @Nullable Path packages;

    @CommandLine.Option(names = "--to", paramLabel = "FOLDER", description = "with --pack: where to write them")
    private @Nullable Path target;

    @Override
    public Answer answer(Front front) throws IOException {
        if (packages != null || target != null) {
            return makeAgain(front);
        }
        if (show || domain != null) {
            return pictures();
        }
        if (world == null) {
            List<List<String>> rows = World.all().values().stream()
                    .map(one -> List.of(one.name(), String.join(", ", one.domains()), one.summary()))
                    .toList();
            return Answer.of(Grid.of(List.of("world", "domains", "what"), rows));
        }
        List<List<String>> rows = World.named(world).dataFacts().entrySet().stream()
                .map(entry -> List.of(entry.getKey(), entry.getValue()))
                .toList();
        return Answer.of(Grid.of(List.of("data of " + world, ""), rows));
    }

    private Answer pictures() {
        if (!show || world == null) {
            throw new IllegalArgumentException(
                    "pictures need a world and --show; write it as: data WORLD --show [--on DOMAIN]");
        }
        World chosen = World.named(world);
        if (domain != null) {
            return Answer.of(PictureGrids.classes(world, TestPictures.of(chosen, domain, 0)));
        }
        return Answer.of(PictureGrids.domains(
                world,
                chosen.domains().stream()
                        .map(one -> TestPictures.of(chosen, one, 0))
                        .toList()));
    }

    private Answer makeAgain(Front front) throws IOException {
        if (packages == null || target == null || world == null) {
            throw new IllegalArgumentException(
                    "data needs a world, --pack and --to together; write it as: data emoji --pack FOLDER --to FOLDER");
        }
        Known.require("world that can be made again", world, List.of("emoji"));
        EmojiSheetBuilder builder = EmojiSheetBuilder.from(packages);
        List<String> codes = builder.codes();
        List<List<String>> rows = new ArrayList<>();
        for (Style style : Style.values()) {
            long began = System.nanoTime();
            BufferedImage sheet = builder.sheet(style);
            Path file = EmojiSheetBuilder.write(sheet, style, target);
            long seconds = (System.nanoTime() - began) / 1_000_000_000;
            front.messages().printf(Locale.ROOT, "%s: %d drawings in %d s%n", file, codes.size(), seconds);
            SheetDifference difference = SheetDifference.toShipped(sheet, style, codes);
            rows.add(List.of(
                    style.word(),
                    Integer.toString(difference.drawings()),
                    Integer.toString(difference.differing()),
                    Integer.toString(difference.visible()),
                    String.format(Locale.ROOT, "%.4f", difference.mean()),
                    String.format(Locale.ROOT, "%.1f", difference.largest()),
                    String.format(Locale.ROOT, "%.2f", difference.worstMean()),
                    difference.worst()));
        }
        List<String> header =
                List.of("style", "drawings", "differ", "mean > 1", "mean", "largest", "worst mean", "worst drawing");
        return Answer.of(Grid.of(header, rows)
                .withCaption("Sheets made again, and their difference to the shipped ones")
                .withNote("Absolute differences of channels in 255ths, colours times opacity.")
                .withNote(manifest(codes)));
    }

    private static String manifest(List<String> codes) {
        List<EmojiManifest.Row> rows = EmojiManifest.load().rows();
        long same = rows.stream()
                .filter(row -> row.row() < codes.size() && codes.get(row.row()).equals(row.code()))
                .count();
        return "The manifest names the same emoji in " + same + " of its " + rows.size() + " rows.";
    }
}
