package org.spdbook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spdbook.kernel.protocol.KernelConnection;
import org.spdbook.kernel.protocol.Request;
import org.spdbook.kernel.protocol.RequestHandler;

class RehearsalTest {

    /** No socket is bound: what left the process would fail. */
    private static KernelConnection connection() throws Exception {
        return new KernelConnection(KernelConnectionProperties.parse("""
                        {"ip": "127.0.0.1", "transport": "tcp", "key": "a key", "signature_scheme": "hmac-sha256",
                         "shell_port": 1, "control_port": 2, "iopub_port": 3, "stdin_port": 4, "hb_port": 5}
                        """), new RequestHandler() {
            @Override
            public void shell(Request request) {
                throw new AssertionError("a request came from a socket");
            }

            @Override
            public void control(Request request) {
                throw new AssertionError("a request came from a socket");
            }
        });
    }

    @Test
    void should_ask_only_what_leaves_the_session_as_it_is_and_come_to_an_end() throws Exception {
        List<Request> asked = new ArrayList<>();
        Rehearsal rehearsal = new Rehearsal(connection(), asked::add);

        while (rehearsal.step()) {
            assertThat(asked).hasSizeLessThan(10_000);
        }

        assertThat(asked).extracting(Request::type).containsOnly("is_complete_request");
        assertThat(new HashSet<>(asked.stream()
                        .map(request -> request.parent().get("msg_id"))
                        .toList()))
                .hasSameSizeAs(asked)
                .hasSizeGreaterThan(200); // calls after which the JVM compiles a method
        int before = asked.size();
        assertThat(rehearsal.step()).isFalse();
        assertThat(asked).hasSize(before);
    }

    @Test
    void should_take_a_reply_and_a_publication_and_send_neither_when_nobody_asked() throws Exception {
        Request request = connection().unsent("is_complete_request", Map.of("code", "1 +"));

        request.status("busy");
        request.replyWith("incomplete", Map.of("indent", "  "));
        request.status("idle");

        assertThat(request.message().text("code", "")).isEqualTo("1 +");
        assertThat(request.expectsReply()).isTrue();
    }
}
