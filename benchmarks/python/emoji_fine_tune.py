"""CPU time of one emoji fine-tune, ours beside PyTorch's own, in interleaved pairs, each on one thread.

    mvn -Pbenchmarks -DskipTests package
    pip install -r benchmarks/requirements.txt
    python benchmarks/python/emoji_fine_tune.py [--pairs N]

The first run of each is left out: it warms the JIT compiler and the allocator.
"""

import argparse
import copy
import os
import statistics

os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

import torch  # noqa: E402  (after the thread counts)

import emoji_world  # noqa: E402
from java_program import JavaProgram  # noqa: E402

def main():
    parser = argparse.ArgumentParser(description="CPU time of an emoji fine-tune, ours beside PyTorch's.")
    parser.add_argument("--pairs", type=int, default=9)
    pairs = parser.parse_args().pairs
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    start = emoji_world.pretrained()
    train, test = emoji_world.drawings("noto")
    ours = JavaProgram("EmojiFineTune")
    print(f"torch {torch.__version__}, {len(train[0])} drawings, zero-shot {emoji_world.accuracy(start, test):.1f} %")
    for optimizer in ("adamw", "adam-spd"):
        seconds = []
        for pair in range(pairs + 1):
            answer = ours.ask(optimizer)
            model = copy.deepcopy(start)
            python = emoji_world.fine_tune(model, train, optimizer, seed=pair)
            seconds.append((answer["cpu_seconds"], python))
        seconds = seconds[1:]
        ratios = statistics.quantiles([a / b for a, b in seconds], n=4)
        java_median, python_median = (statistics.median(column) for column in zip(*seconds))
        print(
            f"{optimizer}: ours {java_median:.2f} s, PyTorch {python_median:.2f} s, "
            f"ratio {ratios[1]:.2f} [{ratios[0]:.2f}, {ratios[2]:.2f}] in {pairs} pairs; "
            f"deviation {answer['deviation']:.2f} and {emoji_world.deviation(model, start):.2f}, "
            f"ID {answer['id']:.1f} and {emoji_world.accuracy(model, test):.1f} %"
        )
    ours.__exit__()


if __name__ == "__main__":
    main()
