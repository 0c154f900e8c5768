"""The magic %spd in a kernel in its own process. Run with kernel/src/test/python/run.py."""

import time

from live_kernel import KernelTest


class Training(KernelTest):
    """Words of %spd that train."""

    def test_train_binds_a_run_and_shows_its_progress_in_place(self):
        cell = self.run_cell("%spd train emoji --on noto --optimizer adamw --as base")
        self.assertEqual("ok", cell.status, cell.traceback)
        ids = {c["transient"]["display_id"] for c in cell.of("display_data")}
        updates = {c["transient"]["display_id"] for c in cell.of("update_display_data")}
        self.assertTrue(updates and updates <= ids)
        accuracy = float(self.run_cell('base.accuracy("noto")').result)
        self.assertTrue(20 < accuracy <= 100, accuracy)

    def test_interrupt_stops_training_within_two_seconds(self):
        at = []

        def interrupt():
            at.append(time.monotonic())
            self.manager.interrupt_kernel()

        cell = self.run_cell("%spd train emoji --on noto --as never", "update_display_data", interrupt)
        self.assertEqual("Interrupted", cell.reply["ename"])
        self.assertLess(time.monotonic() - at[0], 2)
        self.assertEqual("2", self.run_cell("1 + 1").result)

    def test_unknown_word_is_one_sentence(self):
        cell = self.run_cell("%spd trian emoji")
        self.assertEqual("error", cell.status)
        self.assertIn("train", cell.reply["evalue"])
        self.assertNotIn("\tat ", cell.traceback)
