package org.spdbook.weights;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.spdbook.weights.PickleValue.Dictionary;
import org.spdbook.weights.PickleValue.Items;
import org.spdbook.weights.PickleValue.Named;
import org.spdbook.weights.PickleValue.ScriptModule;
import org.spdbook.weights.PickleValue.Skipped;
import org.spdbook.weights.PickleValue.Tuple;

/**
 * The names of Python that an archive may use; any other is refused. Those of tensors have Java code here. Those of settings that
 * checkpoints keep beside them are skipped: nothing of the kind is built, whatever is done with them in the pickle, so that none
 * can run code; they are listed all the same, as a file with any other name was not made to hold weights alone.
 */
final class TorchGlobals {

    private static final Map<String, DType> STORAGES = Map.ofEntries(
            Map.entry("torch.FloatStorage", DType.F32),
            Map.entry("torch.HalfStorage", DType.F16),
            Map.entry("torch.BFloat16Storage", DType.BF16),
            Map.entry("torch.DoubleStorage", DType.F64),
            Map.entry("torch.LongStorage", DType.I64),
            Map.entry("torch.IntStorage", DType.I32),
            Map.entry("torch.ShortStorage", DType.I16),
            Map.entry("torch.CharStorage", DType.I8),
            Map.entry("torch.ByteStorage", DType.U8),
            Map.entry("torch.BoolStorage", DType.BOOL),
            Map.entry("torch.ComplexFloatStorage", DType.C64),
            Map.entry("torch.storage.UntypedStorage", DType.U8));

    private static final Map<String, DType> DTYPES = Map.ofEntries(
            Map.entry("torch.float32", DType.F32),
            Map.entry("torch.float16", DType.F16),
            Map.entry("torch.bfloat16", DType.BF16),
            Map.entry("torch.float64", DType.F64),
            Map.entry("torch.float8_e4m3fn", DType.F8_E4M3),
            Map.entry("torch.float8_e5m2", DType.F8_E5M2),
            Map.entry("torch.float8_e8m0fnu", DType.F8_E8M0),
            Map.entry("torch.int64", DType.I64),
            Map.entry("torch.int32", DType.I32),
            Map.entry("torch.int16", DType.I16),
            Map.entry("torch.int8", DType.I8),
            Map.entry("torch.uint64", DType.U64),
            Map.entry("torch.uint32", DType.U32),
            Map.entry("torch.uint16", DType.U16),
            Map.entry("torch.uint8", DType.U8),
            Map.entry("torch.bool", DType.BOOL),
            Map.entry("torch.complex64", DType.C64));

    /** Modules of the classes that TorchScript compiles; these have no code but that in the archive, which is never looked at. */
    private static final String SCRIPT = "__torch__.";

    private static final String ORDERED = "collections.OrderedDict";
    private static final String TENSOR = "torch._utils._rebuild_tensor_v2";
    private static final String UNTYPED_TENSOR = "torch._utils._rebuild_tensor_v3";
    private static final String PARAMETER = "torch._utils._rebuild_parameter";
    private static final String PARAMETER_WITH_STATE = "torch._utils._rebuild_parameter_with_state";
    private static final String SUBTYPE = "torch._tensor._rebuild_from_type_v2";
    private static final Set<String> BUILDERS =
            Set.of(ORDERED, TENSOR, UNTYPED_TENSOR, PARAMETER, PARAMETER_WITH_STATE, SUBTYPE);

    /** Settings of Swin (yacs), timm and DeiT (argparse), fairseq (omegaconf), schedulers, figures of numpy, lists of TorchScript. */
    private static final Set<String> SKIPPED = Stream.concat(
                    Stream.of("__builtin__.", "builtins.")
                            .flatMap(module -> Stream.of(
                                            "set",
                                            "frozenset",
                                            "bytearray",
                                            "complex",
                                            "slice",
                                            "range",
                                            "object",
                                            "dict",
                                            "list",
                                            "tuple",
                                            "int",
                                            "float",
                                            "str",
                                            "bool",
                                            "bytes")
                                    .map(module::concat)),
                    Stream.of(
                            "_codecs.encode",
                            "argparse.Namespace",
                            "collections.Counter",
                            "collections.defaultdict",
                            "datetime.date",
                            "datetime.datetime",
                            "datetime.timedelta",
                            "numpy._core.multiarray._reconstruct",
                            "numpy._core.multiarray.scalar",
                            "numpy.core.multiarray._reconstruct",
                            "numpy.core.multiarray.scalar",
                            "numpy.dtype",
                            "numpy.ndarray",
                            "omegaconf.base.ContainerMetadata",
                            "omegaconf.base.Metadata",
                            "omegaconf.dictconfig.DictConfig",
                            "omegaconf.listconfig.ListConfig",
                            "omegaconf.nodes.AnyNode",
                            "pathlib.Path",
                            "pathlib.PosixPath",
                            "pathlib.PurePosixPath",
                            "pathlib.WindowsPath",
                            "torch.Size",
                            "torch.Tensor",
                            "torch._tensor.Tensor",
                            "torch.device",
                            "torch.jit._pickle.build_boollist",
                            "torch.jit._pickle.build_doublelist",
                            "torch.jit._pickle.build_intlist",
                            "torch.jit._pickle.build_tensorlist",
                            "torch.jit._pickle.restore_type_tag",
                            "torch.nn.parameter.Parameter",
                            "types.SimpleNamespace",
                            "typing.Any",
                            "yacs.config.CfgNode"))
            .collect(Collectors.toUnmodifiableSet());

    private static final String ADVICE =
            "take its weights as safetensors; or, only if you trust its origin, load it in Python"
                    + " and save the state dictionary of the model alone: torch.save(model.state_dict(), \"weights.pt\")";

    private final Path file;

    /** @param file for messages */
    TorchGlobals(Path file) {
        this.file = file;
    }

    /**
     * A name that the pickle asks for, with its module.
     *
     * @throws TorchZipException if it is not listed
     */
    PickleValue named(String name) throws TorchZipException {
        if (STORAGES.containsKey(name)
                || DTYPES.containsKey(name)
                || BUILDERS.contains(name)
                || name.startsWith(SCRIPT)) {
            return new Named(name);
        }
        if (SKIPPED.contains(name)) {
            return new Skipped(name);
        }
        throw new TorchZipException(
                file,
                "it asks for " + name
                        + ", which is not among the names that tensors need and could run code (nothing was" + " run)",
                ADVICE);
    }

    /** What a storage's own number stands for. */
    TorchStorage storage(Object id) throws TorchZipException {
        if (id instanceof Tuple tuple
                && tuple.items.size() == 5
                && tuple.items.get(0).equals("storage")
                && tuple.items.get(1) instanceof Named type
                && STORAGES.containsKey(type.name)
                && tuple.items.get(2) instanceof String key
                && tuple.items.get(4) instanceof Long elements) {
            return new TorchStorage(STORAGES.get(type.name), key, elements);
        }
        throw new TorchZipException(
                file, "one of its storages is not told by type, entry, device and number of elements");
    }

    /**
     * What calling a name gives.
     *
     * @param callee a value of the pickle
     */
    Object call(Object callee, List<Object> arguments) throws TorchZipException {
        if (callee instanceof Skipped) {
            return callee;
        }
        String name = callee instanceof Named named ? named.name : "something that is no function";
        if (name.startsWith(SCRIPT) && arguments.isEmpty()) {
            return new ScriptModule();
        }
        return switch (name) {
            case ORDERED -> ordered(arguments);
            case TENSOR -> {
                require(arguments, 6, name);
                noView(arguments, 6);
                yield TorchTensor.of(file, arguments, null);
            }
            case UNTYPED_TENSOR -> {
                require(arguments, 7, name);
                noView(arguments, 7);
                yield TorchTensor.of(file, arguments, dtype(arguments.get(6)));
            }
            case PARAMETER, PARAMETER_WITH_STATE -> {
                require(arguments, 1, name);
                yield tensor(arguments.get(0));
            }
            case SUBTYPE -> {
                require(arguments, 3, name);
                if (!(arguments.get(2) instanceof Tuple inner)
                        || arguments.get(0) instanceof Named function && function.name.equals(SUBTYPE)) {
                    throw wrongCall(name);
                }
                yield tensor(call(arguments.get(0), inner.items));
            }
            default -> throw wrongCall(name);
        };
    }

    private Dictionary ordered(List<Object> arguments) throws TorchZipException {
        var dictionary = new Dictionary();
        if (arguments.isEmpty()) {
            return dictionary;
        }
        if (arguments.size() != 1 || !(arguments.get(0) instanceof Items pairs)) {
            throw wrongCall(ORDERED);
        }
        for (Object pair : pairs.items) {
            List<Object> entry =
                    pair instanceof Items list ? list.items : pair instanceof Tuple t ? t.items : List.of();
            if (entry.size() != 2) {
                throw wrongCall(ORDERED);
            }
            dictionary.entries.put(entry.get(0), entry.get(1));
        }
        return dictionary;
    }

    /** Tensors whose values are conjugated or negated when looked at are saved with a note of it. */
    private void noView(List<Object> arguments, int note) throws TorchZipException {
        if (arguments.size() > note
                && !PickleValue.NONE.equals(arguments.get(note))
                && !(arguments.get(note) instanceof Dictionary notes && notes.entries.isEmpty())) {
            throw new TorchZipException(
                    file,
                    "one of its tensors is a conjugated or negated view of its numbers",
                    "save tensor.resolve_conj().resolve_neg() instead");
        }
    }

    private DType dtype(Object value) throws TorchZipException {
        if (value instanceof Named type && DTYPES.containsKey(type.name)) {
            return DTYPES.get(type.name);
        }
        throw wrongCall(UNTYPED_TENSOR);
    }

    private TorchTensor tensor(Object value) throws TorchZipException {
        if (value instanceof TorchTensor tensor) {
            return tensor;
        }
        throw wrongCall(PARAMETER);
    }

    private void require(List<Object> arguments, int count, String name) throws TorchZipException {
        if (arguments.size() < count) {
            throw wrongCall(name);
        }
    }

    private TorchZipException wrongCall(String name) {
        return new TorchZipException(file, "its pickle calls " + name + " with arguments that do not fit");
    }
}
