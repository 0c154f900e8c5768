"""CPU time of one optimizer step on the tensors of CLIP ViT-B/16 and of LLaMA-7B's LoRA, on one thread.

In each round all optimizers take one step, so that noise meets all alike. `rule` is the authors' rule in Python, tensor by
tensor in the order of their file; `foreach` and `fused` are torch's AdamW. `floor` is what moving the memory costs that
Adam-SPD cannot do without: reading p, g, m, v and the anchor, writing p, m and v.
"""

import contextlib
import math
import os
import statistics
import time

os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

import torch  # noqa: E402  (after the thread counts)

from java_program import JavaProgram  # noqa: E402

OURS = ["adam", "adamw", "l2sp", "adam-spd"]


def clip():
    width = 768
    shapes = [(width,), (width, 3, 16, 16), (197, width), (width,), (width,)]
    for _ in range(12):
        shapes += 4 * [(width, width), (width,)]
        shapes += [(4 * width, width), (4 * width,), (width, 4 * width), (width,)] + 4 * [(width,)]
    return shapes + [(width,), (width,), (512, width)]


def lora():
    width, hidden, rank = 4096, 11008, 32
    pair = lambda inner, outer: [(rank, inner), (outer, rank)]  # noqa: E731
    return 32 * (3 * pair(width, width) + pair(width, hidden) + pair(hidden, width))


class Rule(torch.optim.Optimizer):
    """The authors' rule, operation by operation as their file orders them (not a copy of it)."""

    def __init__(self, params, anchors, lr, decay):
        super().__init__([{"params": params, "anchors": anchors}], {"lr": lr, "decay": decay})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p, anchor in zip(group["params"], group["anchors"]):
                state = self.state[p]
                if not state:
                    state.update(step=0, m=torch.zeros_like(p), v=torch.zeros_like(p))
                state["step"] += 1
                m, v, g = state["m"], state["v"], p.grad
                m.mul_(0.9).add_(g, alpha=0.1)
                v.mul_(0.999).addcmul_(g, g, value=0.001)
                denominator = (v.sqrt() / math.sqrt(1 - 0.999 ** state["step"])).add_(1e-8)
                size = group["lr"] / (1 - 0.9 ** state["step"])
                new = p - size * m / denominator
                condition = -torch.sum(torch.mul(g, p - anchor))
                if condition < 0:
                    now = torch.norm(new - anchor)
                    before = torch.norm(p - anchor)
                    ratio = torch.clamp((now - before) / now, 0, 1)
                    new = new - group["decay"] * ratio * (new - anchor)
                p.copy_(new)


def turn(gradients, number):
    """Lets the gradients of half of the tensors point back, as the Java program does."""
    for i, g in enumerate(gradients):
        even = i // 2 % 2 == 0
        if number > 1 and even or number > 2 and not even:
            g.neg_()


def timed(step):
    began = time.process_time()
    step()
    return time.process_time() - began


def python_steps(shapes):
    """Gradients, and by name a function that takes a step; each has tensors of its own."""
    gradients = [torch.randn(shape) * 1e-3 for shape in shapes]
    start = [torch.randn(shape) * 0.02 for shape in shapes]

    def parameters():
        copies = [torch.nn.Parameter(tensor.clone()) for tensor in start]
        for p, g in zip(copies, gradients):
            p.grad = g
        return copies

    steps = {
        "rule": Rule(parameters(), start, 1e-4, 1.0).step,
        "foreach": torch.optim.AdamW(parameters(), lr=1e-4, foreach=True, fused=False).step,
        "fused": torch.optim.AdamW(parameters(), lr=1e-4, fused=True).step,
    }
    flat = [torch.empty(sum(g.numel() for g in gradients)) for _ in range(2)]

    def floor():
        for _ in range(4):  # four times one read and one write: eight arrays
            flat[0].copy_(flat[1])

    steps["floor"] = floor
    return gradients, steps


def measure(name, rounds):
    """Lines in Markdown."""
    shapes = {"clip": clip, "lora": lora}[name]()
    seconds = {}
    memory = {}
    with contextlib.ExitStack() as stack:
        programs = {ours: stack.enter_context(JavaProgram("OptimizerSteps", name, ours)) for ours in OURS}
        gradients, steps = python_steps(shapes)
        for round_number in range(rounds + 2):  # two rounds to warm up
            for ours, program in programs.items():
                answer = program.ask("step")
                memory[ours] = answer["optimizer_mib"]
                seconds.setdefault(ours, []).append(answer["cpu_seconds"])
            turn(gradients, round_number + 1)
            for other, step in steps.items():
                seconds.setdefault(other, []).append(timed(step))
    seconds = {key: values[2:] for key, values in seconds.items()}
    elements = sum(math.prod(shape) for shape in shapes)
    lines = [
        f"{len(shapes)} tensors, {elements / 1e6:.1f} M elements, {rounds} rounds.",
        "",
        "| step | CPU ms, median [quartiles] | rule / it | it / fused AdamW | held by the optimizer, MiB |",
        "|---|---|---|---|---|",
    ]
    for key, values in seconds.items():
        low, middle, high = (1000 * q for q in statistics.quantiles(values, n=4))
        rule = statistics.median(r / v for r, v in zip(seconds["rule"], values))
        fused = statistics.median(v / f for v, f in zip(values, seconds["fused"]))
        label = f"ours, {key}" if key in OURS else key
        lines.append(
            f"| {label} | {middle:.1f} [{low:.1f}, {high:.1f}] | {rule:.2f} | {fused:.2f} | {memory.get(key, '')} |"
        )
    return lines
