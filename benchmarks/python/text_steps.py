"""Texts written by a LLaMA, ours beside `generate()` of transformers, in interleaved pairs.

Both have the same random weights and prompts, one thread and float32; the first pairs warm the JIT compiler and the allocator and are
left out. Called with a folder it is the side of transformers, in a process of its own.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

PROMPT = 32
NEW = 64
WARM = 8
CASES = {"4 prompts": (4, 1), "1 prompt": (1, 1), "4 prompts, 4 beams": (4, 4)}


def serve(folder):
    """Answers each line, prompts and beams, as TextSteps.java does."""
    import resource

    import torch
    from transformers import LlamaForCausalLM

    torch.set_num_threads(1)
    model = LlamaForCausalLM.from_pretrained(folder).eval()
    model.generation_config.eos_token_id = None  # else that of LlamaConfig: all tokens are written by both sides
    for line in sys.stdin:
        prompts, beams = (int(word) for word in line.split())
        ids = ((torch.arange(prompts * PROMPT) * 37 + 11) % model.config.vocab_size).reshape(prompts, PROMPT)
        began, before = time.perf_counter(), time.process_time()
        texts = model.generate(
            ids, attention_mask=torch.ones_like(ids), max_new_tokens=NEW, num_beams=beams, do_sample=False, pad_token_id=0
        )
        answer = {"cpu_seconds": time.process_time() - before, "seconds": time.perf_counter() - began, "texts": texts.tolist()}
        answer["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps(answer), flush=True)


def measure(pairs):
    """Lines of a table in Markdown."""
    from java_program import JavaProgram

    with tempfile.TemporaryDirectory() as folder, JavaProgram("TextSteps", str(PROMPT), str(NEW), folder) as ours:
        ours.ask("1 1")  # by then the model is saved
        theirs = subprocess.Popen(  # -P: transformers would take our kernels.py for the package of that name
            [sys.executable, "-P", __file__, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

        def ask(line):
            theirs.stdin.write(line + "\n")
            theirs.stdin.flush()
            answer = theirs.stdout.readline()
            if not answer:
                raise RuntimeError(f"the side of transformers ended without an answer to {line}; its error is above")
            return json.loads(answer)

        lines = []
        for name, case in CASES.items():
            line = " ".join(str(number) for number in case)
            answers = [(ours.ask(line), ask(line)) for _ in range(WARM + pairs)][WARM:]
            lines.append(row(name, case[0] * NEW, answers))
        theirs.stdin.close()
        theirs.wait()
    return HEADER + lines


def row(name, tokens, answers):
    texts = [[side["texts"] for side in pair] for pair in answers]
    equal = sum(a == b for pair in texts for a, b in zip(*pair)) / sum(len(pair[0]) for pair in texts)
    columns = [name]
    for clock in ("cpu_seconds", "seconds"):
        java, python = ([answer[clock] for answer in side] for side in zip(*answers))
        low, middle, high = statistics.quantiles([b / a for a, b in zip(java, python)], n=4)
        columns += [f"{tokens / statistics.median(side):.0f}" for side in (java, python)]
        columns.append(f"{middle:.2f} [{low:.2f}, {high:.2f}]")
    columns += [str(side["peak_mib"]) for side in answers[-1]] + [f"{equal:.0%}"]
    return "| " + " | ".join(columns) + " |"


HEADER = [
    "| texts | ours, tokens per CPU second | transformers | speed [quartiles] | ours, tokens per second | transformers | speed [quartiles] "
    "| ours, peak MiB | transformers | equal texts |",
    "|---|---|---|---|---|---|---|---|---|---|",
]

if __name__ == "__main__":
    serve(*sys.argv[1:])
