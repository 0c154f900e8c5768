package org.spdbook.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.spdbook.torch.MappedFile;
import org.spdbook.weights.DType;
import org.spdbook.weights.FilePart;
import org.spdbook.weights.KeyMap;
import org.spdbook.weights.TensorFile;

/** The tensors of a file that can be mapped as they lie there, each shard once. */
final class MappedTensors implements AutoCloseable {

    private static final Set<DType> TYPES = Set.of(DType.F32, DType.F16, DType.BF16);

    private final NDManager owner;
    private final TensorFile file;
    private final Map<Path, MappedFile> shards = new HashMap<>();

    MappedTensors(NDManager owner, TensorFile file) {
        this.owner = owner;
        this.file = file;
    }

    boolean holds(KeyMap.Source source) {
        return source.layout() == KeyMap.Layout.SAME
                && TYPES.contains(file.info(source.key()).dtype())
                && file.part(source.key()).isPresent();
    }

    /** A tensor that is held; the owner's. */
    NDArray array(KeyMap.Source source, Shape shape) {
        FilePart part = file.part(source.key()).orElseThrow();
        return shards.computeIfAbsent(part.file(), MappedFile::new)
                .array(owner, type(file.info(source.key()).dtype()), part.begin(), shape);
    }

    private static DataType type(DType dtype) {
        return switch (dtype) {
            case F32 -> DataType.FLOAT32;
            case F16 -> DataType.FLOAT16;
            case BF16 -> DataType.BFLOAT16;
            default -> throw new IllegalArgumentException("tensors of type " + dtype + " are not mapped; read them");
        };
    }

    @Override
    public void close() {
        shards.values().forEach(MappedFile::close);
    }
}
