package org.spdbook.twin.answers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Scope;
import org.spdbook.weights.SafetensorsWriter;
import org.spdbook.weights.TensorData;

/** The pre-trained model on disk: float16, which takes half of the place, and without the head, which begins as the table of the words. */
final class AnswersCheckpoint {

    private AnswersCheckpoint() {}

    /** Writes all tensors, atomically. */
    static void write(Path file, Parameters parameters, Map<String, String> metadata) throws IOException {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        parameters
                .asMap()
                .forEach((name, array) ->
                        tensors.put(name, Scope.compute(() -> TensorData.of(array.toType(DataType.FLOAT16, true)))));
        SafetensorsWriter.write(file, tensors, metadata);
    }

    /**
     * The tensors of a model with a head of its own, in float32.
     *
     * @param tensors as they are stored; closed
     * @return closed by the caller
     * @throws IllegalArgumentException if there is no table of the words, which the head begins as
     */
    static Parameters parameters(Map<String, NDArray> tensors, NDManager manager) {
        NDArray table = tensors.get(AnswersModel.TABLE);
        if (table == null) {
            throw new IllegalArgumentException("a pre-trained model of pictures and questions has a tensor "
                    + AnswersModel.TABLE + ", found only " + tensors.keySet() + "; take one of spd pretrain answers");
        }
        // copied before it is a parameter: a copy of that one would be recorded as made from it
        NDArray head = table.toType(DataType.FLOAT32, true);
        var parameters = new Parameters(manager);
        tensors.forEach((name, array) -> {
            parameters.add(name, array.toType(DataType.FLOAT32, true));
            array.close();
        });
        parameters.add(AnswersModel.HEAD, head);
        return parameters;
    }
}
