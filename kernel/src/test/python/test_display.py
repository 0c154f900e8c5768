"""What cells show, in a real process: results, outputs updated in place, progress, and what happens when showing goes wrong."""

import base64

from live_kernel import PATIENCE, KernelTest


def plain(contents):
    return [content["data"]["text/plain"] for content in contents]


class Results(KernelTest):
    def test_records_are_a_table(self):
        cell = self.run_cell('record Row(int n, String s) {}\nList.of(new Row(1, "<b>"), new Row(22, "c"))')
        data = cell.of("execute_result")[0]["data"]
        self.assertEqual(" n  s\n--  ---\n 1  <b>\n22  c", data["text/plain"])
        self.assertIn("&lt;b&gt;", data["text/html"])

    def test_arrays_show_their_elements(self):
        self.assertEqual("[1.0, 2.0]", self.run_cell("new double[] {1, 2}").result)
        self.assertIn("(1,000,000 elements)", self.run_cell("new int[1_000_000]").result)

    def test_a_stream_is_not_used_up(self):
        self.assertIn("not shown", self.run_cell("var s = Stream.of(1, 2);\ns").result)
        self.assertEqual("2", self.run_cell("s.count()").result)

    def test_text_of_50_mb_arrives_whole(self):
        cell = self.run_cell('"0123456789".repeat(5_000_000)')
        self.assertEqual("0123456789" * 5_000_000, cell.result)

    def test_huge_text_of_a_value_is_cut_with_a_notice(self):
        cell = self.run_cell(
            "class Huge { public String toString() { return \"x\".repeat(200_000_000); } }\nnew Huge()"
        )
        self.assertTrue(cell.result.endswith("[1,000,000 of 200,000,000 characters shown; write the rest to a file]"))

    def test_failing_to_string_keeps_the_result(self):
        cell = self.run_cell(
            'class Bad { public String toString() { throw new IllegalStateException("oops"); } }\nvar bad = new Bad();\nbad'
        )
        self.assertEqual("ok", cell.status)
        self.assertRegex(cell.result, "^Bad@")
        self.assertIn("toString of Bad failed with java.lang.IllegalStateException: oops", cell.stream("stderr"))
        self.assertEqual("true", self.run_cell("bad != null").result)

    def test_endless_recursion_and_null_in_to_string(self):
        cell = self.run_cell('class Deep { public String toString() { return "x" + this; } }\nnew Deep()')
        self.assertRegex(cell.result, "^Deep@")
        cell = self.run_cell("class Nil { public String toString() { return null; } }\nnew Nil()")
        self.assertRegex(cell.result, "^Nil@")

    def test_to_string_is_called_once_per_result(self):
        self.run_cell("int calls = 0;\nclass Counted { public String toString() { return \"c\" + ++calls; } }")
        self.assertEqual("c1", self.run_cell("new Counted()").result)

    def test_interrupt_ends_a_to_string_without_end(self):
        self.run_cell(
            "class Busy { public String toString() { System.out.println(1); while (true) {} } }\n"
            "class Asleep { public String toString() { System.out.println(1);"
            " try { Thread.sleep(60000); } catch (InterruptedException e) { throw new RuntimeException(e); } return \"\"; } }"
        )
        for code in ("new Busy()", "new Asleep()", "display(new Busy());", "List.of(new Busy())"):
            with self.subTest(code=code):
                cell, seconds = self.interrupt_once_printing(code)
                self.assertEqual("Interrupted", cell.reply["ename"])
                self.assertLess(seconds, 2)
        self.assertEqual("2", self.run_cell("1 + 1").result)

    def test_picture_bytes_are_known_by_their_beginning(self):
        cell = self.run_cell(
            "var png = new java.io.ByteArrayOutputStream();\n"
            'javax.imageio.ImageIO.write(new java.awt.image.BufferedImage(3, 2, 1), "png", png);\n'
            "Display.image(png.toByteArray()).sized(30, 20)"
        )
        content = cell.of("execute_result")[0]
        self.assertTrue(base64.b64decode(content["data"]["image/png"]).startswith(b"\x89PNG"))
        self.assertEqual({"width": 30, "height": 20}, content["metadata"]["image/png"])

    def test_registered_renderers(self):
        self.run_cell("record Deg(double of) {}")
        self.run_cell('Display.register(Deg.class, d -> Display.html("<b>" + d.of() + "°</b>"));')
        content = self.run_cell("new Deg(20)").of("execute_result")[0]
        self.assertEqual({"text/html": "<b>20.0°</b>", "text/plain": "20.0°"}, content["data"])
        self.run_cell('Display.register(Deg.class, "text/html", d -> { throw new RuntimeException("bad"); });')
        cell = self.run_cell("new Deg(20)")
        self.assertEqual("20.0°", cell.result)
        self.assertIn("The renderer registered for Deg failed", cell.stream("stderr"))


class Outputs(KernelTest):
    def test_update_in_place(self):
        cell = self.run_cell('var h = display("one");\nh.update(Display.markdown("**two**"));\nh')
        shown, updated = cell.of("display_data")[0], cell.of("update_display_data")[0]
        self.assertEqual("one", shown["data"]["text/plain"])
        self.assertEqual("**two**", updated["data"]["text/markdown"])
        self.assertEqual(shown["transient"], updated["transient"])
        self.assertIsNone(cell.result, "the output is shown already")
        later = self.run_cell('Display.update(h.id(), "three");').of("update_display_data")[0]
        self.assertEqual(shown["transient"], later["transient"])

    def test_output_comes_in_the_order_of_the_cell(self):
        cell = self.run_cell('System.out.print("a");\ndisplay("b");\nSystem.out.print("c");\nDisplay.clear(true);\ndisplay("d");')
        kinds = [kind for kind, _ in cell.outputs if kind != "status"]
        self.assertEqual(["execute_input", "stream", "display_data", "stream", "clear_output", "display_data"], kinds)
        self.assertEqual([{"wait": True}], cell.of("clear_output"))

    def test_thread_shows_in_its_own_cell_after_that_has_ended(self):
        self.run_cell("var go = new CountDownLatch(1);")
        started = self.client.execute(
            'new Thread(() -> { try { go.await(); } catch (InterruptedException e) {} display("late"); }).start();'
        )
        self.reply_to(started)
        self.client.execute("go.countDown();")
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["msg_type"] == "display_data":
                break
        self.assertEqual("late", message["content"]["data"]["text/plain"])
        self.assertEqual(started, message["parent_header"]["msg_id"])

    def test_a_method_of_the_cell_wins_over_the_short_names(self):
        self.run_cell("String progress(List<Integer> list) { return \"mine\"; }")
        self.assertEqual("mine", self.run_cell("progress(List.of(1))").result)


class Bars(KernelTest):
    def test_bar_ends_with_its_last_state(self):
        cell = self.run_cell("for (int i : progress(0, 10_000)) {}")
        self.assertLess(len(cell.of("update_display_data")), 30)
        self.assertRegex(plain(cell.of("update_display_data"))[-1], r"10000/10000, 100 %.*took")
        self.assertIn('<progress value="10000" max="10000"', cell.of("update_display_data")[-1]["data"]["text/html"])

    def test_streams_have_a_bar(self):
        cell = self.run_cell("progress(IntStream.range(0, 1000).boxed()).mapToInt(i -> i).sum()")
        self.assertEqual("499500", cell.result)
        self.assertRegex(plain(cell.of("update_display_data"))[-1], r"1000/1000, 100 %.*took")

    def test_interrupted_loop_leaves_a_bar_that_says_so(self):
        cell, seconds = self.interrupt_once_printing(
            "System.out.println(1);\nfor (int i : progress(0, 1000)) { Thread.sleep(50); }"
        )
        self.assertEqual("Interrupted", cell.reply["ename"])
        self.assertLess(seconds, 2)
        self.assertRegex(plain(cell.of("update_display_data"))[-1], r"/1000, \d %.*stopped after")

    def test_named_bar_with_notes(self):
        cell = self.run_cell(
            'try (var bar = Progress.open("fit", 2)) { bar.advance(); bar.note("loss 0.5"); bar.advance(); }'
        )
        self.assertRegex(plain(cell.of("update_display_data"))[-1], r"^fit \[#+\] 2/2, 100 %.*, loss 0.5$")
