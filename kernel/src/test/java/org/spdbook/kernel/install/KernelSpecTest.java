package org.spdbook.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KernelSpecTest {

    @Test
    void should_leave_collector_and_heap_to_the_user_when_asked_for() {
        assertThat(KernelSpec.options(List.of())).contains("-XX:+UseSerialGC", "-Xms32m");
        assertThat(KernelSpec.options(List.of("-XX:+UseG1GC")))
                .contains("-XX:+UseG1GC")
                .doesNotContain("-XX:+UseSerialGC", "-Xms32m");
        assertThat(KernelSpec.options(List.of("-Xmx16m"))).doesNotContain("-Xms32m");
    }

    @Test
    void should_say_an_option_once_when_it_is_asked_for_again() {
        assertThat(KernelSpec.options(List.of("-Dfile.encoding=UTF-8"))).containsOnlyOnce("-Dfile.encoding=UTF-8");
    }
}
