"""CPU time of making pictures ready for training, ours beside Pillow with numpy and with torch, in interleaved rounds.

All sides read the same made JPEG files and take the same boxes, one thread each; what they give is compared bit by bit first. Called
with the name of a side and a folder it is that side, in a process of its own.
"""

import hashlib
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

PICTURES = 64
SIZE = (500, 375)
SIDE = 224
WARM = 12
MEAN = (0.485, 0.456, 0.406)
DEVIATION = (0.229, 0.224, 0.225)
PARTS = ("decode", "crop and resize", "flip", "normalise")


def make(folder):
    """Clouds of all sizes with noise and edges, which take about as many bytes as photographs; a mean of them in bytes."""
    import numpy
    from PIL import Image

    random = numpy.random.default_rng(0)
    width, height = SIZE
    sizes = []
    for i in range(PICTURES):
        picture = numpy.zeros((height, width, 3), numpy.float32)
        for octave in range(2, 9):
            cells = random.normal(0, 1, (2**octave * 3 // 4 + 1, 2**octave, 3)).astype(numpy.float32)
            for channel in range(3):
                grown = Image.fromarray(cells[..., channel]).resize(SIZE, Image.Resampling.BICUBIC)
                picture[..., channel] += numpy.asarray(grown) * 60 / 1.7**octave * 2
        picture += random.normal(0, 11, (height, width, 1))
        for _ in range(12):  # edges
            top, left = random.integers(0, height), random.integers(0, width)
            picture[top : top + random.integers(20, 150), left : left + random.integers(20, 150)] += random.normal(0, 35, 3)
        file = pathlib.Path(folder) / f"{i:03d}.jpg"
        Image.fromarray((picture + 120).clip(0, 255).astype(numpy.uint8)).save(file, quality=90)
        sizes.append(file.stat().st_size)
    return statistics.mean(sizes)


class Pillow:
    """Pillow and numpy, as a data loader without torch would use them."""

    def __init__(self):
        import numpy
        from PIL import Image

        self.numpy, self.image = numpy, Image
        self.mean, self.deviation = (numpy.array(each, numpy.float32).reshape(3, 1, 1) for each in (MEAN, DEVIATION))

    def decode(self, file):
        return self.image.open(file).convert("RGB")

    def resized(self, picture, top, left, height, width):
        box = picture.crop((left, top, left + width, top + height))
        return box.resize((SIDE, SIDE), self.image.Resampling.BICUBIC)

    def flipped(self, picture):
        return picture.transpose(self.image.Transpose.FLIP_LEFT_RIGHT)

    def normalised(self, picture):
        values = self.numpy.asarray(picture).transpose(2, 0, 1).astype(self.numpy.float32, order="C")
        values /= 255
        values -= self.mean
        values /= self.deviation
        return values


class Torch(Pillow):
    """Pillow and torch: what the transforms of torchvision do, whose own package has to fit torch's to the build."""

    def __init__(self):
        super().__init__()
        import torch

        torch.set_num_threads(1)
        self.torch = torch
        self.means, self.deviations = (torch.tensor(each).view(-1, 1, 1) for each in (MEAN, DEVIATION))

    def normalised(self, picture):
        values = self.torch.from_numpy(self.numpy.array(picture)).permute((2, 0, 1)).contiguous()  # to_tensor
        values = values.to(self.torch.float32).div(255)
        return values.sub_(self.means).div_(self.deviations).numpy()  # normalize


SIDES = {"Pillow and numpy": Pillow, "Pillow and torch": Torch}


def serve(name, folder):
    """Answers `digest`, `whole` and `parts` as PictureSteps.java does; the first line it reads are the boxes."""
    side = SIDES[name]()
    files = sorted(pathlib.Path(folder).iterdir())
    boxes = json.loads(sys.stdin.readline())

    def ready(file, box):
        square = side.resized(side.decode(file), *box[:4])
        return side.normalised(side.flipped(square) if box[4] else square)

    def parts():
        seconds = [0.0] * 4
        for file, box in zip(files, boxes):
            times = [time.thread_time()]
            picture = side.decode(file)
            times.append(time.thread_time())
            square = side.resized(picture, *box[:4])
            times.append(time.thread_time())
            turned = side.flipped(square) if box[4] else square
            times.append(time.thread_time())
            side.normalised(turned)
            times.append(time.thread_time())
            seconds = [sum + end - begin for sum, begin, end in zip(seconds, times, times[1:])]
        return dict(zip(PARTS, seconds))

    for line in sys.stdin:
        if line.strip() == "digest":
            sums = "".join(hashlib.sha256(ready(*both).tobytes()).hexdigest() for both in zip(files, boxes))
            answer = hashlib.sha256(sums.encode()).hexdigest()
        elif line.strip() == "parts":
            answer = parts()
        else:
            before = time.process_time()
            for both in zip(files, boxes):
                ready(*both)
            answer = {"cpu_seconds": time.process_time() - before}
        print(json.dumps(answer), flush=True)


class Side:
    """A side in Python, in a process of its own."""

    def __init__(self, name, folder, boxes):
        self.name = name
        self.process = subprocess.Popen(  # -P: the names of our files are those of packages
            [sys.executable, "-P", __file__, name, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.process.stdin.write(json.dumps(boxes) + "\n")

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the side of {self.name} ended without an answer; its error is above")
        return json.loads(answer)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def measure(pairs):
    """Three tables in Markdown: speed, where the time goes, and what the trainer waits."""
    from java_program import JavaProgram
    from machine import load

    with tempfile.TemporaryDirectory() as folder:
        mean = make(folder)
        with JavaProgram("PictureSteps", folder) as ours:
            boxes = ours.ask("boxes")
            others = {name: Side(name, folder, boxes) for name in SIDES}
            sides = {"ours": ours, **others}
            digests = {name: side.ask("digest") for name, side in sides.items()}
            for _ in range(WARM):
                [side.ask(line) for side in sides.values() for line in ("whole", "parts")]
            rounds, parts = {name: [] for name in sides}, {name: [] for name in sides}
            for _ in range(pairs):
                for name, side in sides.items():
                    rounds[name].append(side.ask("whole")["cpu_seconds"] / PICTURES)
                for name, side in sides.items():
                    parts[name].append(side.ask("parts"))
            waits = [wait_row(ours, millis) for millis in (50, 100, 200, 400)]
            [side.close() for side in others.values()]
    lines = [f"{PICTURES} made pictures of {SIZE[0]} x {SIZE[1]}, {mean / 1024:.0f} KiB in the mean; {load()}.", ""]
    lines += ["| side | pictures/s of a core | ms per picture [quartiles] | it / ours | floats |", "|---|---|---|---|---|"]
    for name in sides:
        low, middle, high = (1000 * value for value in statistics.quantiles(rounds[name], n=4))
        ratio = statistics.median(b / a for a, b in zip(rounds["ours"], rounds[name]))
        same = "equal to the last bit" if digests[name] == digests["ours"] else "DIFFERENT"
        lines.append(f"| {name} | {1000 / middle:.0f} | {middle:.2f} [{low:.2f}, {high:.2f}] | {ratio:.2f} | {same} |")
    lines += ["", "| ms per picture | " + " | ".join(sides) + " |", "|---|" + "---|" * len(sides)]
    for part in PARTS:
        medians = (statistics.median(one[part] for one in parts[name]) * 1000 / PICTURES for name in sides)
        lines.append(f"| {part} | " + " | ".join(f"{value:.2f}" for value in medians) + " |")
    return lines + ["", *WAIT_HEADER, *waits]


BATCH = 16
STEPS = 12
WAIT_HEADER = [
    f"| a model step, ms | waited for {BATCH} pictures, ms [quartiles] | one thread takes for them, ms | pictures read per picture used |",
    "|---|---|---|---|",
]


def wait_row(ours, millis):
    answer = ours.ask(f"wait {BATCH} {millis} {STEPS}")
    low, middle, high = statistics.quantiles(answer["waited_ms"], n=4)
    return f"| {millis} | {middle:.1f} [{low:.1f}, {high:.1f}] | {answer['worker_ms']:.0f} | {answer['read_per_used']:.2f} |"


if __name__ == "__main__":
    serve(*sys.argv[1:])
