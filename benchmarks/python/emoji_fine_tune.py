"""CPU time of one emoji fine-tune, ours beside PyTorch's own, in interleaved pairs, each on one thread.

    mvn -Pbenchmarks -DskipTests package
    pip install -r benchmarks/requirements.txt
    python benchmarks/python/emoji_fine_tune.py [--pairs N]

The first run of each is left out: it warms the JIT compiler and the allocator.
"""

import argparse
import copy
import json
import os
import pathlib
import statistics
import subprocess

os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

import torch  # noqa: E402  (after the thread counts)

import emoji_world  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]


def java():
    program = os.path.join(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else "java"
    settings = dict(os.environ, DJL_OFFLINE="true", DJL_CACHE_DIR=str(ROOT / ".spd/djl"))
    settings.update(MALLOC_MMAP_THRESHOLD_="1000000", MALLOC_TRIM_THRESHOLD_="1000000")
    command = [program, "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"]
    command += ["-cp", str(ROOT / "benchmarks/target/lib/*"), "org.spdbook.benchmark.EmojiFineTune"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=settings)


def ask(process, optimizer):
    process.stdin.write(optimizer + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def main():
    parser = argparse.ArgumentParser(description="CPU time of an emoji fine-tune, ours beside PyTorch's.")
    parser.add_argument("--pairs", type=int, default=9)
    pairs = parser.parse_args().pairs
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    start = emoji_world.pretrained()
    train, test = emoji_world.drawings("noto")
    ours = java()
    print(f"torch {torch.__version__}, {len(train[0])} drawings, zero-shot {emoji_world.accuracy(start, test):.1f} %")
    for optimizer in ("adamw", "adam-spd"):
        seconds = []
        for pair in range(pairs + 1):
            answer = ask(ours, optimizer)
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
    ours.stdin.close()
    ours.wait()


if __name__ == "__main__":
    main()
