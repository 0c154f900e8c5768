package org.spdbook.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The weights of a folder of the hub, or of a folder with a file of torch.save. */
public final class WeightsFolder {

    private WeightsFolder() {}

    /**
     * Opens the first that is there of {@code model.safetensors}, its shards, {@code pytorch_model.bin}, its shards, and the only
     * {@code .pt} or {@code .pth} of the folder.
     *
     * @throws SafetensorsException or {@link TorchZipException} if a file breaks its format or a shard is missing
     * @throws IOException if there is none, or several of the last kind, or reading fails
     */
    public static TensorFile open(Path folder) throws IOException {
        if (Files.exists(folder.resolve("model.safetensors"))
                || Files.exists(folder.resolve("model.safetensors.index.json"))) {
            return Safetensors.openFolder(folder);
        }
        Path whole = folder.resolve("pytorch_model.bin");
        if (Files.exists(whole)) {
            return TorchZip.open(whole);
        }
        Path index = folder.resolve("pytorch_model.bin.index.json");
        if (Files.exists(index)) {
            return ShardedSafetensors.open(index, TorchZip::open);
        }
        List<Path> others = archives(folder);
        if (others.size() == 1) {
            return TorchZip.open(others.get(0));
        }
        throw new NoSuchFileException(
                folder.toString(),
                null,
                others.isEmpty()
                        ? "no weights there: neither model.safetensors nor pytorch_model.bin, the index of either's shards, nor a"
                                + " .pt or .pth file was found; give the folder that holds one of them"
                        : "the weights may be any of "
                                + others.stream().map(Path::getFileName).toList()
                                + " there; leave one of them in the folder, or open it by TorchZip.open");
    }

    private static List<Path> archives(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .toLowerCase(Locale.ROOT)
                            .matches(".*\\.pth?"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }
}
