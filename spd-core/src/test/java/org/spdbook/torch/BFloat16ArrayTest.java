package org.spdbook.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What would end the process is done or refused: that these tests come to their end says half of it. */
class BFloat16ArrayTest {

    private final NDManager manager = Torch.newManager();

    @AfterEach
    void closeArrays() {
        manager.close();
    }

    /** 1, -2 and 0.5, whose bits are the upper halves of those in float32. */
    private NDArray three() {
        NDArray array = Ops.empty(manager, new Shape(3), 15);
        array.toByteBuffer(true)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0x3F80)
                .putShort((short) 0xC000)
                .putShort((short) 0x3F00);
        return array;
    }

    @Test
    void should_give_its_values_when_it_is_asked_safely() {
        NDArray array = three();

        assertThat(array).isInstanceOf(BFloat16Array.class);
        assertThat(array.getDataType()).isEqualTo(DataType.BFLOAT16);
        assertThat(array.toFloatArray()).containsExactly(1, -2, .5f);
        assertThat(Ops.full(array).toFloatArray()).containsExactly(1, -2, .5f);
        assertThat(array.toType(DataType.FLOAT32, false).toFloatArray()).containsExactly(1, -2, .5f);
        assertThat(array.toType(DataType.BFLOAT16, false)).isSameAs(array);
        assertThat(array).hasToString("bfloat16 array null (3)");
        assertThat(array.toDebugString(true)).contains("bfloat16");
    }

    @Test
    void should_keep_type_and_values_apart_when_it_is_copied() {
        NDArray array = three();
        List<NDArray> copies =
                List.of(array.duplicate(), array.toDevice(Device.cpu(), true), array.toType(DataType.BFLOAT16, true));
        ByteBuffer bytes = array.toByteBuffer();
        array.toByteBuffer(true).putShort(0, (short) 0);

        assertThat(array.toFloatArray()).containsExactly(0, -2, .5f);
        assertThat(copies).allSatisfy(copy -> {
            assertThat(copy).isInstanceOf(BFloat16Array.class);
            assertThat(copy.toFloatArray()).containsExactly(1, -2, .5f);
        });
        assertThat(bytes.order(ByteOrder.LITTLE_ENDIAN).getShort(0)).isEqualTo((short) 0x3F80);
    }

    @Test
    void should_refuse_with_a_sentence_when_the_call_would_end_the_process() {
        NDArray array = three();
        array.setName("w");
        List<ThrowingCallable> calls = List.of(
                () -> array.softmax(0),
                () -> array.logSoftmax(0),
                array::zerosLike,
                array::onesLike,
                () -> array.set(new float[3]));

        assertThat(calls)
                .allSatisfy(
                        call -> assertThatThrownBy(call)
                                .isInstanceOf(UnsupportedOperationException.class)
                                .hasMessageEndingWith(
                                        " was asked of bfloat16 array w (3), which DJL cannot do; ask it of Ops.full(array), in float32"));
    }

    @Test
    void should_be_guarded_again_when_a_method_of_djl_made_a_plain_array_of_it() {
        NDArray plain = three().reshape(3, 1);
        NDArray guarded = Ops.guarded(plain);
        NDArray full = manager.ones(new Shape(1));

        assertThat(plain.getDataType()).isEqualTo(DataType.UNKNOWN);
        assertThat(guarded.getDataType()).isEqualTo(DataType.BFLOAT16);
        assertThat(guarded.toFloatArray()).containsExactly(1, -2, .5f);
        assertThat(Ops.guarded(guarded)).isSameAs(guarded);
        assertThat(Ops.guarded(full)).isSameAs(full);
    }

    @Test
    void should_refuse_when_backward_would_begin_from_it() {
        NDArray loss = three().sum();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Autograd.backward(loss))
                .withMessageContaining("compute the loss from Ops.full(x)");
    }
}
