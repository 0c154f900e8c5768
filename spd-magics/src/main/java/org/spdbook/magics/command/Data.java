package org.spdbook.magics.command;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.DataCheck;
import org.spdbook.experiment.PictureGrids;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.World;
import org.spdbook.magics.front.Front;
import org.spdbook.twin.emoji.EmojiManifest;
import org.spdbook.twin.emoji.EmojiSheetBuilder;
import org.spdbook.twin.emoji.SheetDifference;
import org.spdbook.twin.emoji.Style;
import picocli.CommandLine;

/** {@code data [WORLD] [--show [--on DOMAIN]] [--profile P] [--check] [--pack SIZE|FOLDER --to FOLDER]}: what there is to train and test on. */
@CommandLine.Command(
        name = "data",
        description = {
            "Show the worlds, or the data or pictures of one; check its files; pack its pictures or make them again.",
            "",
            "The twins bring their data. The profiles pilot and paper of domainnet look for DomainNet in the folder"
                    + " domainnet below SPD_DATA (data when it is not set): clipart/ infograph/ painting/ quickdraw/"
                    + " real/ sketch/ and the lists splits/clipart_train.txt ... sketch_test.txt; and for CLIP's weights"
                    + " in openai/clip-vit-base-patch16/model.safetensors below SPD_WEIGHTS (weights when it is not"
                    + " set).",
            ""
        })
public final class Data implements Word {

    private static final int REPORT_EVERY = 10_000;

    @CommandLine.Parameters(paramLabel = "WORLD", arity = "0..1", description = "a world; all by default")
    private @Nullable String world;

    @CommandLine.Option(
            names = "--show",
            description = "show test pictures: of every domain, or with --on of every class")
    private boolean show;

    @CommandLine.Option(names = "--on", paramLabel = "DOMAIN", description = "with --show: a domain")
    private @Nullable String domain;

    @CommandLine.Option(
            names = "--profile",
            defaultValue = "twin",
            description = "size: twin, pilot or paper (${DEFAULT-VALUE})")
    private String profile = "";

    @CommandLine.Option(
            names = "--check",
            description = "look at every file; counts and names those that are missing or do not decode")
    private boolean check;

    @CommandLine.Option(
            names = "--pack",
            paramLabel = "SIZE|FOLDER",
            description =
                    "imagenet, with --profile paper: write copies of all pictures whose short side has this size in pixels,"
                            + " which are read much faster and differ a little; emoji: make the sheets again from the npm"
                            + " packages unpacked below this folder")
    private @Nullable String packed;

    @CommandLine.Option(names = "--to", paramLabel = "FOLDER", description = "with --pack: where to write them")
    private @Nullable Path target;

    @Override
    public Answer answer(Front front) throws IOException {
        if (packed != null || target != null) {
            return pack(front);
        }
        if (show || domain != null) {
            return pictures();
        }
        if (world == null) {
            return worlds();
        }
        World chosen = World.named(world, Profile.of(profile));
        if (!check) {
            return Answer.of(facts(chosen, chosen.dataFacts()));
        }
        DataCheck found = chosen.checkData(done -> {
            if (done % REPORT_EVERY == 0) {
                front.messages().printf(Locale.ROOT, "%,d files looked at%n", done);
                front.messages().flush();
            }
        });
        return new Answer(facts(chosen, found.facts()), found.complete());
    }

    private static Answer worlds() {
        List<List<String>> rows = new ArrayList<>();
        for (Profile size : Profile.values()) {
            World.all(size)
                    .values()
                    .forEach(one -> rows.add(
                            List.of(one.name(), size.word(), String.join(", ", one.domains()), one.summary())));
        }
        return Answer.of(Grid.of(List.of("world", "profile", "domains", "what"), rows));
    }

    static Grid facts(World world, Map<String, String> facts) {
        List<List<String>> rows = facts.entrySet().stream()
                .map(entry -> List.of(entry.getKey(), entry.getValue()))
                .toList();
        return Grid.of(List.of("data of " + world.name(), ""), rows);
    }

    private Answer pictures() {
        if (!show || world == null) {
            throw new IllegalArgumentException(
                    "pictures need a world and --show; write it as: data WORLD --show [--on DOMAIN]");
        }
        return Answer.of(PictureGrids.shown(World.named(world), domain));
    }

    private Answer pack(Front front) throws IOException {
        if (packed == null || target == null || world == null) {
            throw new IllegalArgumentException(
                    "data needs a world, --pack and --to together; write it as: data imagenet"
                            + " --profile paper --pack 256 --to FOLDER for smaller copies of pictures, or data emoji --pack FOLDER"
                            + " --to FOLDER for the sheets");
        }
        boolean size = packed.matches("\\d{1,6}");
        if (!world.equals("emoji")) {
            World chosen = World.named(world, Profile.of(profile));
            if (!size) {
                throw new IllegalArgumentException(
                        "--pack of " + world + " takes the short side of the copies in pixels," + " such as 256, got "
                                + packed + "; a folder is taken by emoji only");
            }
            return new Packing(chosen, Integer.parseInt(packed), target).answer(front);
        }
        Path packages = Path.of(packed);
        if (size && !Files.isDirectory(packages)) {
            throw new IllegalArgumentException("--pack of emoji takes the folder of the npm packages, got " + packed
                    + "; a size is taken by imagenet: data imagenet --profile paper --pack " + packed + " --to FOLDER");
        }
        return makeAgain(front, packages, target);
    }

    private static Answer makeAgain(Front front, Path packages, Path target) throws IOException {
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
