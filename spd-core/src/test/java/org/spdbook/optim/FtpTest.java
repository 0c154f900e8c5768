package org.spdbook.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spdbook.optim.step.ReferenceStep;
import org.spdbook.torch.Torch;

/** Golden values: the authors' {@code FTP.py} in float64, paper.md 1.7. */
class FtpTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 0.01 | 1 | 0.9999999967 0.9553364858 0.8253356116 0.6216099649 0.3623577511 0.0707372050 0.0999999950 -0.2000000050",
                "1 | 0.01 | 2 | 0.9974008478 0.9527806990 0.8230491794 0.6196210109 0.3641685451 0.0743788314 0.0951871228 -0.2026284993",
                "1 | 0.01 | 3 | 0.9926781095 0.9495915006 0.8228234432 0.6235306928 0.3682353813 0.0785179011 0.0988814841 -0.1992271676",
                "1 | 0.01 | 4 | 0.9875726317 0.9504984548 0.8285670144 0.6264822688 0.3698563482 0.0788631107 0.1000000025 -0.1999999925",
                "1 | 0.01 | 5 | 0.9947331877 0.9583632155 0.8362092746 0.6282357645 0.3696076194 0.0760287404 0.1000000041 -0.1999999941",
                "1 | 0.01 | 6 | 1.0020434289 0.9606675403 0.8329907525 0.6301414349 0.3678045442 0.0717885622 0.1000000053 -0.1999999953",
                "0 | 0    | 2 | 0.9974015952 0.9527807067 0.8230484243 0.6196442503 0.3641851533 0.0743854625 0.0951961120 -0.2026374885",
                "0 | 0    | 3 | 0.9926481985 0.9495809661 0.8228497728 0.6235725398 0.3682378586 0.0784876926 0.0921791194 -0.1946273077",
                "0 | 0    | 4 | 0.9865677794 0.9502300541 0.8290675743 0.6269427531 0.3705028061 0.0795299814 0.1029708381 -0.1850654150",
                "0 | 0    | 5 | 0.9925346014 0.9598818683 0.8412394182 0.6312759086 0.3729064642 0.0784371349 0.1089373664 -0.1847674760",
                "0 | 0    | 6 | 1.0036090403 0.9669416922 0.8429003224 0.6392513080 0.3742922600 0.0739403062 0.1143496224 -0.1847805734"
            })
    void should_be_at_the_authors_values_when_the_golden_gradients_are_followed(
            double k, double decay, int steps, String expected) {
        var rule = new Ftp(new AdamW(AdamMoments.defaults(), decay), k);
        try (NDManager manager = Torch.newManager()) {
            double[] found = Golden.follow(manager, rule, steps);

            String[] values = expected.trim().split(" ");
            for (int i = 0; i < values.length; i++) {
                assertThat(found[i]).as("value %d", i).isCloseTo(Double.parseDouble(values[i]), within(1e-8));
            }
        }
    }

    /** As the authors' code for LoRA has it, which measures from zero: the same rule in float64 in Python. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 0.01 | 2 | -0.0000000035 -0.0000000034 -0.0000000031 -0.0000000026 0.0000000025 0.0000000049 -0.0000000065 -0.0000000035",
                "1 | 0.01 | 4 | -0.0006811913 -0.0002270025 0.0002382201 0.0002827177 0.0004184444 0.0004452517 0.0000000027 0.0000000073",
                "0 | 0 | 4 | -0.0069398852 -0.0024264165 0.0022546148 0.0028408954 0.0042438541 0.0045361677 0.0000000027 0.0000000073",
                "0 | 0 | 6 | 0.0033421354 0.0070320655 0.0094815552 0.0115858335 0.0071722804 0.0010976409 0.0053322703 0.0048240416"
            })
    void should_measure_from_zero_when_a_tensor_is_an_adapters(double k, double decay, int steps, String expected) {
        var rule = new Ftp(new AdamW(AdamMoments.defaults(), decay), k);
        try (NDManager manager = Torch.newManager()) {
            double[] found = Golden.follow(manager, rule, new ReferenceStep(), steps, Target::fromZero);

            String[] values = expected.trim().split(" ");
            for (int i = 0; i < values.length; i++) {
                assertThat(found[i]).as("value %d", i).isCloseTo(Double.parseDouble(values[i]), within(1e-8));
            }
        }
    }
}
