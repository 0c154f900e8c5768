"""Much of everything: nothing is lost, and memory is bounded. Figures are printed with VERBOSITY=2.

The slow ones run 10,000 snippets in one session (some minutes).
"""

import os
import statistics
import time
from pathlib import Path

import raw_wire
import zmq
from live_kernel import PATIENCE, KernelTest, slow

SNIPPETS = 10_000


def told(*words):
    if os.environ.get("VERBOSITY") == "2":
        print(*words, flush=True)


class Volume(KernelTest):
    def rss(self):
        """Mebibytes of the process."""
        status = Path(f"/proc/{self.manager.provisioner.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) // 1024

    def live(self):
        """Mebibytes of the heap that are reachable."""
        self.run_cell("System.gc();")
        return int(self.run_cell("(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20").result)

    def seconds(self):
        """CPU seconds of the process."""
        stat = Path(f"/proc/{self.manager.provisioner.pid}/stat").read_text()
        return sum(map(int, stat.rsplit(")", 1)[1].split()[11:13])) / os.sysconf("SC_CLK_TCK")

    def test_ten_thousand_lines_come_in_few_messages(self):
        cell = self.run_cell("for (int i = 0; i < 10_000; i++) System.out.println(i);")
        self.assertEqual("".join(f"{i}\n" for i in range(10_000)), cell.stream())
        told("10,000 lines in", len(cell.of("stream")), "messages")
        self.assertLess(len(cell.of("stream")), 50)

    @slow
    def test_hundred_thousand_lines_come_whole_and_in_order(self):
        cell = self.run_cell("for (int i = 0; i < 100_000; i++) System.out.println(i);")
        self.assertEqual("".join(f"{i}\n" for i in range(100_000)), cell.stream())
        told("100,000 lines in", len(cell.of("stream")), "messages")
        self.assertLess(len(cell.of("stream")), 500)

    def test_50_megabytes_of_text_come_whole(self):
        before = self.rss()
        cell = self.run_cell('String text = "0123456789".repeat(5_000_000);\ntext')
        self.assertTrue("0123456789" * 5_000_000 == cell.result, "not the whole text")
        told("50 MB result: RSS", before, "->", self.rss(), "MiB")

    @slow
    def test_200_megabytes_of_output_do_not_stay_in_memory(self):
        """Past the limit of a cell the rest is left out with a notice."""
        before = self.rss()
        cell = self.run_cell('String line = "x".repeat(999);\nfor (int i = 0; i < 200_000; i++) System.out.println(line);')
        text = cell.stream()
        self.assertTrue(text.startswith(("x" * 999 + "\n") * 100_000), "less than the limit of a cell")
        self.assertIn("100000000 characters", text[-200:])
        told("200 MB of output: RSS", before, "->", self.rss(), "MiB")

    @slow
    def test_thousand_queued_cells_are_answered_in_order(self):
        """Nobody reads until all are sent."""
        sent = [self.client.execute(str(i)) for i in range(1000)]
        counts = []
        for message_id in sent:
            reply = self.reply_to(message_id)
            self.assertEqual("ok", reply["status"])
            counts.append(reply["execution_count"])
        self.assertEqual(list(range(counts[0], counts[0] + 1000)), counts)
        self.assertEqual(
            [(m, k) for m in sent for k in ("busy", "execute_input", "execute_result", "idle")],
            self.published_until_idle(sent),
        )

    def published_until_idle(self, sent):
        """What was published for these requests, as pairs of request and type or state."""
        seen = []
        while not seen or seen[-1] != (sent[-1], "idle"):
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            parent = message["parent_header"].get("msg_id")
            if parent in sent:
                kind = message["msg_type"]
                seen.append((parent, message["content"]["execution_state"] if kind == "status" else kind))
        return seen

    @slow
    def test_many_snippets_in_one_session(self):
        self.run_cell("long total = 0;")
        before = self.live()
        cells = SNIPPETS // 2
        for i in range(1, cells + 1):
            self.assertEqual("ok", self.run_cell(f"total += {i};\nint v{i % 100} = {i};").status)
            if i % (cells // 10) == 0:
                told(2 * i, "snippets: heap", self.live(), "MiB, RSS", self.rss(), "MiB")
        self.assertEqual(str(cells * (cells + 1) // 2), self.run_cell("total").result)
        self.assertLess(self.live() - before, 400)

    def test_heartbeat_is_quick(self):
        beat = raw_wire.zmq_peer(self.manager.hb_port, zmq.REQ)
        self.addCleanup(beat.close)
        times = []
        for _ in range(500):
            began = time.perf_counter()
            beat.send(b"ping")
            self.assertEqual(b"ping", beat.recv())
            times.append(1000 * (time.perf_counter() - began))
        told("heartbeat p50", round(statistics.median(times), 3), "ms")
        self.assertLess(statistics.median(times), 2)

    @slow
    def test_idle_kernel_uses_no_processor(self):
        self.run_cell("1 + 1")
        time.sleep(2)
        before = self.seconds()
        wait = 10
        time.sleep(wait)
        share = (self.seconds() - before) / wait
        told("idle:", round(100 * share, 2), "% of a core")
        self.assertLess(share, 0.01)
