package org.spdbook.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * A loaded TorchScript module whose methods take part in autograd. It keeps no state, so threads may share it.
 *
 * <p>DJL's public call runs scripts in inference mode, whose results cannot be differentiated; its native method has a
 * switch for that, which is reached by a method handle.
 */
final class ScriptModule {

    private static final MethodHandle RUN_METHOD;
    private static final MethodHandle NEW_IVALUE;
    private static final MethodHandle TENSOR;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(JniUtils.class, MethodHandles.lookup());
            Class<?> library = lookup.findClass("ai.djl.pytorch.jni.PyTorchLibrary");
            MethodType runType = MethodType.methodType(
                    long.class, long.class, String.class, long[].class, boolean.class, boolean.class);
            Object lib = lookup.findStaticGetter(library, "LIB", library).invoke();
            RUN_METHOD = lookup.findVirtual(library, "moduleRunMethod", runType).bindTo(lib);
            TENSOR = lookup.findVirtual(library, "iValueToTensor", MethodType.methodType(long.class, long.class))
                    .bindTo(lib);
            NEW_IVALUE = lookup.findConstructor(IValue.class, MethodType.methodType(void.class, long.class));
        } catch (Throwable e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final PtSymbolBlock block;
    private final IValue none;

    /**
     * Loads an archive.
     *
     * @param manager owns the module
     * @throws ai.djl.engine.EngineException with line and caret if the source does not parse
     */
    ScriptModule(NDManager manager, byte[] archive) {
        try {
            block = JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(archive), false, false);
        } catch (IOException e) {
            throw new UncheckedIOException("reading a TorchScript archive from memory failed", e);
        }
        none = IValueUtils.runMethod(block, "none");
    }

    /** Calls a method that returns one tensor; {@code manager} owns the result. */
    NDArray tensor(NDManager manager, String method, @Nullable Object... arguments) {
        try (IValue result = call(method, arguments)) {
            PtNDArray array = result.toTensor((PtNDManager) manager);
            if (!isBFloat16(array)) {
                return array;
            }
            array.close();
            return new BFloat16Array((PtNDManager) manager, tensor(result));
        }
    }

    private static long tensor(IValue result) {
        try {
            return (long) TENSOR.invokeExact((long) result.getHandle());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("taking a tensor out of a result of TorchScript failed", e);
        }
    }

    /** Whether an array is bfloat16, which DJL knows not from other types that are unknown to it. */
    boolean isBFloat16(NDArray array) {
        return array instanceof BFloat16Array || array.getDataType() == DataType.UNKNOWN && flag("is_bfloat16", array);
    }

    /** Calls a method that returns a list of tensors; {@code manager} owns them. */
    NDList tensors(NDManager manager, String method, @Nullable Object... arguments) {
        try (IValue result = call(method, arguments)) {
            return new NDList(result.toTensorArray((PtNDManager) manager));
        }
    }

    /** Calls a method that returns true or false. */
    boolean flag(String method, @Nullable Object... arguments) {
        try (IValue result = call(method, arguments)) {
            return result.toBoolean();
        }
    }

    /** Calls a method for its effect. */
    void run(String method, @Nullable Object... arguments) {
        call(method, arguments).close();
    }

    @SuppressWarnings("ReferenceEquality") // the shared none itself stays open
    private IValue call(String method, @Nullable Object... arguments) {
        long[] handles = new long[arguments.length];
        IValue[] values = new IValue[arguments.length];
        try {
            for (int i = 0; i < arguments.length; i++) {
                values[i] = toIValue(arguments[i]);
                handles[i] = values[i].getHandle();
            }
            // kept by each thread, and on by default; the executor then has backward formulas of its own, which on a
            // CPU are
            // slower: 7 ms in place of 3 for quick_gelu of 1.2 million values
            JniUtils.setGraphExecutorOptimize(false);
            long handle = (long) RUN_METHOD.invokeExact((long) block.getHandle(), method, handles, true, false);
            return (IValue) NEW_IVALUE.invokeExact(handle);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("calling TorchScript method " + method + " failed", e);
        } finally {
            for (IValue value : values) {
                if (value != null && value != none) {
                    value.close();
                }
            }
        }
    }

    private IValue toIValue(@Nullable Object argument) {
        if (argument == null) {
            return none;
        } else if (argument instanceof NDArray array) {
            return IValue.from((PtNDArray) array);
        } else if (argument instanceof NDList list) {
            return IValue.listFrom(list.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
        } else if (argument instanceof Double number) {
            return IValue.from(number);
        } else if (argument instanceof Long || argument instanceof Integer) {
            return IValue.from(((Number) argument).longValue());
        } else if (argument instanceof Boolean flag) {
            return IValue.from(flag);
        } else if (argument instanceof String text) {
            return IValue.from(text);
        } else if (argument instanceof long[] numbers) {
            return IValue.listFrom(numbers);
        }
        throw new IllegalArgumentException(
                "a TorchScript method cannot take a " + argument.getClass().getName());
    }
}
