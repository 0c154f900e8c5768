"""The fine-tuning of the twins in PyTorch, step for step what `spd train emoji` and `spd train domainnet` do: the yardstick for
their speed.

The model is that of org.spdbook.twin.vision.TinyVit, read from the same checkpoint, with the same pictures. Order and
augmentation come from torch's generator, so weights differ from ours after training; the work does not.
"""

import base64
import dataclasses
import math
import pathlib
import time

import numpy
import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

TWINS = pathlib.Path(__file__).resolve().parents[2] / "spd-twins/src/main/resources/org/spdbook/twin"
SIDE = 32
WARM_UP = 10


@dataclasses.dataclass(frozen=True)
class World:
    """What `spd params` says of an experiment: checkpoint, classes, recipe."""

    checkpoint: str
    domain: str
    classes: int
    epochs: int
    batch: int
    flip: bool


WORLDS = {
    "emoji": World("emoji", "noto", 23, 8, 32, True),
    "domainnet": World("shapes", "real", 24, 12, 48, False),
}


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.n1 = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)
        self.n2 = nn.LayerNorm(width)
        self.f1 = nn.Linear(width, 2 * width)
        self.f2 = nn.Linear(2 * width, width)

    def forward(self, x):
        n, tokens, width = x.shape
        stacked = self.qkv(self.n1(x)).view(n, tokens, 3, self.heads, width // self.heads)
        attended = functional.scaled_dot_product_attention(*stacked.permute(2, 0, 3, 1, 4))
        x = x + self.proj(attended.transpose(1, 2).reshape(n, tokens, width))
        return x + self.f2(functional.gelu(self.f1(self.n2(x)), approximate="tanh"))


class Classifier(nn.Module):
    def __init__(self, classes, patch=8, stem=128, width=64, depth=4, heads=4):
        super().__init__()
        self.patch = patch
        self.stem1 = nn.Linear(4 * patch * patch, stem)
        self.emb = nn.Linear(stem, width)
        self.pos = nn.Parameter(torch.zeros(1, (SIDE // patch) ** 2, width))
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(depth))
        self.norm = nn.LayerNorm(width)
        self.vproj = nn.Linear(width, width, bias=False)
        self.head = nn.Parameter(torch.zeros(classes, width))

    def forward(self, images):
        n, p, rows = len(images), self.patch, SIDE // self.patch
        x = images.view(n, rows, p, rows, p, 4).transpose(2, 3).reshape(n, rows * rows, p * p * 4)
        x = self.emb(functional.gelu(self.stem1(x), approximate="tanh")) + self.pos
        for block in self.blocks:
            x = block(x)
        embedding = functional.normalize(self.vproj(self.norm(x).mean(1)), dim=-1)
        return embedding @ self.head.T


def pretrained(world):
    """The shipped checkpoint with its zero-shot head."""
    tensors = load_file(TWINS / world.checkpoint / "pretrained.safetensors")
    model = Classifier(world.classes)
    with torch.no_grad():
        captions = tensors["text.cw"][: world.classes, None] + tensors["text.sw"][None]
        head = functional.normalize(functional.normalize(captions, dim=-1).mean(1), dim=-1)
        scale = tensors["text.ls"].exp().clamp(max=50)
        model.head.copy_(head * scale)
        for name, value in model.named_parameters():
            if name != "head":
                value.copy_(tensors["v." + name])
    return model


def model_input(rgb):
    """Pictures [n, 32, 32, 3] of bytes as the model sees them: RGB and an edge channel."""
    rgb = torch.tensor(rgb.astype(numpy.float32) / 255)
    padded = functional.pad(rgb.permute(0, 3, 1, 2), (1, 1, 1, 1), mode="replicate")
    dx = padded[:, :, 1:-1, 2:] - padded[:, :, 1:-1, :-2]
    dy = padded[:, :, 2:, 1:-1] - padded[:, :, :-2, 1:-1]
    edge = (dx * dx + dy * dy).amax(1).sqrt()
    edge = edge / (edge.square().mean((1, 2), keepdim=True).sqrt() + 0.05) - 0.5
    return torch.cat([(rgb - 0.5) / 0.25, edge[..., None]], -1)


def pictures(answer, count):
    """Inputs and labels from what the Java program hands over, repeated up to a number."""
    labels = torch.tensor(answer["labels"])
    values = numpy.frombuffer(base64.b64decode(answer["pictures"]), numpy.uint8)
    images = model_input(values.reshape(len(labels), SIDE, SIDE, 3))
    again = torch.arange(count) % len(labels)
    return images[again], labels[again]


def augmented(images, flipping, generator):
    """A flip half of the time if asked, then a shift by up to two pixels with replicated borders."""
    n = len(images)
    if flipping:
        flip = torch.rand(n, generator=generator) < 0.5
        images = torch.where(flip[:, None, None, None], images.flip(2), images)
    padded = functional.pad(images.permute(0, 3, 1, 2), (2, 2, 2, 2), mode="replicate").permute(0, 2, 3, 1)
    shift = torch.randint(0, 5, (n, 2), generator=generator)
    across = torch.arange(SIDE)
    rows, columns = shift[:, :1] + across, shift[:, 1:] + across
    return padded[torch.arange(n)[:, None, None], rows[:, :, None], columns[:, None, :]]


class AdamSpd:
    """Adam with selective projection decay, tensor by tensor, as the paper's Algorithm 1 is read off."""

    def __init__(self, parameters, decay):
        self.parameters = list(parameters)
        self.anchors = [p.detach().clone() for p in self.parameters]
        self.first = [torch.zeros_like(p) for p in self.parameters]
        self.second = [torch.zeros_like(p) for p in self.parameters]
        self.decay = decay
        self.count = 0

    @torch.no_grad()
    def step(self, lr):
        self.count += 1
        scale, root = 1 - 0.9**self.count, math.sqrt(1 - 0.999**self.count)
        for p, anchor, m, v in zip(self.parameters, self.anchors, self.first, self.second):
            g = p.grad
            m.mul_(0.9).add_(g, alpha=0.1)
            v.mul_(0.999).addcmul_(g, g, value=0.001)
            before = p - anchor
            selected = bool((g * before).sum() > 0)
            p.addcdiv_(m, (v.sqrt() / root).add_(1e-8), value=-lr / scale)
            if selected:
                after = p - anchor
                length = after.norm()
                ratio = ((length - before.norm()) / length).clamp(0, 1)
                p.sub_(self.decay * ratio * after)


def fine_tune(world, model, train, optimizer_name, seed=0):
    """Trains in place; the CPU seconds of the process."""
    images, labels = train
    generator = torch.Generator().manual_seed(seed)
    if optimizer_name == "adam-spd":
        spd = AdamSpd(model.parameters(), 1.0)
        step = spd.step
    else:
        adamw = torch.optim.AdamW(model.parameters(), weight_decay=0.01, foreach=True)

        def step(lr):
            adamw.param_groups[0]["lr"] = lr
            adamw.step()

    per_epoch = len(images) // world.batch
    total = world.epochs * per_epoch
    began = time.process_time()
    for epoch in range(world.epochs):
        order = torch.randperm(len(images), generator=generator)
        for b in range(per_epoch):
            now = epoch * per_epoch + b
            rate = 1e-3 * 0.5 * (1 + math.cos(math.pi * now / total)) * min(1, (now + 1) / WARM_UP)
            chosen = order[b * world.batch : (b + 1) * world.batch]
            loss = functional.cross_entropy(model(augmented(images[chosen], world.flip, generator)), labels[chosen])
            for p in model.parameters():
                p.grad = None
            loss.backward()
            step(rate)
    return time.process_time() - began


def deviation(model, anchor):
    squares = ((p - q).square().sum() for p, q in zip(model.parameters(), anchor.parameters()))
    return math.sqrt(sum(squares).item())
