package org.spdbook.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An archive of torch.save ({@code .pt}, {@code .pth}, {@code .bin}; the zip format that it writes since torch 1.6), mapped
 * read-only: opening reads its directory and its pickle alone, a tensor is read when asked for. No code of a file can run: its
 * pickle may use listed names only, and Python is not there. Safe for several threads.
 *
 * <p>Where the outermost dictionary holds others, the names are those of the one under {@code state_dict}, {@code model}, {@code
 * model_state_dict} or {@code module}; without these, those of the outermost, or of the only one in it that has tensors. In doubt
 * the file is refused, and {@link #open(Path, String...)} says which. Settings of listed types beside the tensors are skipped.
 *
 * <p>Programs of torch.jit.save, such as OpenAI's files of CLIP, are read as well: their names are those of the attributes that
 * are tensors, as in their state dictionary. Their code is left alone.
 */
public final class TorchZip implements TensorFile {

    /** Bytes; the pickle of a model has some hundred per tensor. */
    static final int MAX_PICKLE = 1 << 26;

    private static final String PICKLE = "data.pkl";

    private final Path file;
    private final FileChannel channel;
    private final StateDictionary dictionary;
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();

    private TorchZip(Path file, FileChannel channel, List<String> keys) throws IOException {
        this.file = file;
        this.channel = channel;
        TorchFormat.check(file, channel);
        var zip = new ZipDirectory(file, channel);
        String root = TorchFormat.root(file, zip);
        ZipDirectory.Entry pickle = entry(zip, root + PICKLE);
        if (pickle.size() > MAX_PICKLE) {
            throw new TorchZipException(
                    file, "its pickle has " + pickle.size() + " bytes, more than the " + MAX_PICKLE + " that are read");
        }
        this.dictionary = StateDictionary.of(file, Pickle.read(file, map(zip.dataStart(pickle), pickle.size())), keys);
        for (Map.Entry<String, TorchTensor> tensor : dictionary.tensors().entrySet()) {
            tensors.put(tensor.getKey(), info(zip, root, tensor.getKey(), tensor.getValue()));
        }
    }

    /**
     * Opens an archive.
     *
     * @param keys where the dictionary of the weights lies, from the outermost inwards, such as {@code "model_ema"}; {@code ""} for the
     *     outermost itself, none to have it found
     * @throws TorchZipException if it breaks the format, asks for other names than those of tensors, or if in doubt about the keys
     * @throws IOException if it cannot be read
     */
    public static TorchZip open(Path file, String... keys) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new TorchZip(file, channel, List.of(keys));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private ZipDirectory.Entry entry(ZipDirectory zip, String name) throws TorchZipException {
        ZipDirectory.Entry entry = zip.entries().get(name);
        if (entry == null) {
            throw new TorchZipException(file, "it has no entry " + name);
        }
        return entry;
    }

    private TensorInfo info(ZipDirectory zip, String root, String name, TorchTensor tensor) throws IOException {
        TorchStorage storage = tensor.storage();
        ZipDirectory.Entry entry = entry(zip, root + "data/" + storage.key());
        long bytes = storage.elements() * storage.dtype().bytes();
        long rest = entry.size() - bytes;
        if (rest < 0 || rest >= storage.dtype().bytes()) {
            throw new TorchZipException(
                    file,
                    "the storage " + storage.key() + " of tensor " + name + " is said to have " + bytes
                            + " bytes, its entry has " + entry.size());
        }
        long begin = zip.dataStart(entry) + tensor.firstByte();
        return new TensorInfo(name, tensor.dtype(), tensor.shape(), begin, begin + tensor.bytes());
    }

    private ByteBuffer map(long position, long length) throws IOException {
        return channel.map(FileChannel.MapMode.READ_ONLY, position, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public List<String> names() {
        return List.copyOf(tensors.keySet());
    }

    @Override
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** Numbers and texts that the outermost dictionary holds, such as an {@code epoch}, as text. */
    @Override
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(dictionary.metadata());
    }

    /**
     * Type, shape and place of a tensor, from the start of the file. One that is a view, such as a transposed one, begins there;
     * its end is as far off as its bytes are many.
     */
    @Override
    public TensorInfo info(String name) {
        TensorInfo info = tensors.get(name);
        if (info == null && dictionary.others().containsKey(name)) {
            throw new IllegalArgumentException(
                    "tensor " + name + " of file " + file + " is asked for, which is no tensor but "
                            + dictionary.others().get(name) + " there; ask for one of its tensors");
        }
        if (info == null) {
            throw new IllegalArgumentException(Safetensors.missing(file, name, tensors.keySet()));
        }
        return info;
    }

    /** As in {@link TensorFile}, but for views whose elements do not lie in row-major order: those are copied. */
    @Override
    public ByteBuffer buffer(String name) {
        TensorInfo info = info(name);
        TorchTensor tensor = Objects.requireNonNull(dictionary.tensors().get(name)); // info has refused others
        if (Math.max(tensor.bytes(), tensor.spanBytes()) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "tensor " + info + " of " + file + " is larger than the 2 GiB of a buffer; split it");
        }
        try {
            ByteBuffer span = map(info.begin(), tensor.spanBytes());
            return tensor.isContiguous() ? span : tensor.gathered(span);
        } catch (IOException e) {
            throw new UncheckedIOException("mapping tensor " + info + " of " + file + " failed", e);
        }
    }

    @Override
    public Optional<FilePart> part(String name) {
        TensorInfo info = info(name);
        TorchTensor tensor = Objects.requireNonNull(dictionary.tensors().get(name)); // info has refused others
        return tensor.isContiguous() ? Optional.of(new FilePart(file, info.begin(), info.end())) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
