"""CPU time of a training step of CLIP's vision transformer, of Swin, of LLaMA and PaliGemma and of LoRA on them, ours beside transformers' and
peft's, in interleaved pairs.

Both have the same random weights and examples, one thread, float32 and AdamW; the first pairs warm the JIT compiler and the allocator
and are left out. Called with the name of a model and a folder it is the side of transformers, in a process of its own, so that peaks
of memory can be told apart.
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

PICTURES = ("vit", "swin")
LANGUAGE = ("llama", "lora", "lora-by-hand")
ANSWERS = ("paligemma", "paligemma-lora")
BATCH = {**dict.fromkeys(PICTURES + ANSWERS, 8), **dict.fromkeys(LANGUAGE, 4)}
TOKENS = 128
QUESTION, ANSWER = 24, 8
SCALE = 2  # alpha / rank
WARM = 3


def picture_work(name, folder):
    """The parameters to be trained, and what makes the loss; as PictureWork.java."""
    import torch
    from transformers import CLIPVisionModelWithProjection, SwinForImageClassification

    kind = CLIPVisionModelWithProjection if name == "vit" else SwinForImageClassification
    model = kind.from_pretrained(folder).train()
    batch = BATCH[name]
    images = (torch.arange(batch * 3 * 224 * 224, dtype=torch.float32) * 0.37).sin().reshape(batch, 3, 224, 224)
    labels = torch.arange(batch)

    def loss():
        output = model(pixel_values=images)
        return torch.nn.functional.cross_entropy(output.image_embeds if name == "vit" else output.logits, labels)

    return model.parameters(), loss


def language_work(name, folder):
    """As LanguageWork.java; `name` is of a case of LANGUAGE."""
    import torch
    from transformers import LlamaForCausalLM

    model = LlamaForCausalLM.from_pretrained(folder, attn_implementation="sdpa").train()
    if name == "lora":
        from peft import PeftModel

        model = PeftModel.from_pretrained(model, f"{folder}/lora", is_trainable=True)
    elif name == "lora-by-hand":
        adapt_by_hand(model, f"{folder}/lora")
    ids = (torch.arange(BATCH[name] * TOKENS) * 37 + 11).remainder(model.config.vocab_size).reshape(BATCH[name], TOKENS)
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    return trained, lambda: model(input_ids=ids, labels=ids, use_cache=False).loss


def answer_work(name, folder):
    """As AnswerWork.java; `name` is of a case of ANSWERS."""
    import torch
    from transformers import PaliGemmaForConditionalGeneration

    model = PaliGemmaForConditionalGeneration.from_pretrained(folder, attn_implementation="sdpa").train()
    config = model.config
    if name == "paligemma-lora":
        from peft import LoraConfig, get_peft_model

        model = get_peft_model(model, LoraConfig(r=8, lora_alpha=16, target_modules=r".*\.(q|k|v|o)_proj"))
    batch, side, image = BATCH[name], config.vision_config.image_size, config.text_config.num_image_tokens
    images = (torch.arange(batch * 3 * side * side, dtype=torch.float32) * 0.37).sin().reshape(batch, 3, side, side)
    tokens = image + QUESTION + ANSWER
    ids = (torch.arange(batch * tokens) * 37 + 11).remainder(config.text_config.vocab_size - 1).reshape(batch, tokens)
    ids[:, :image] = config.image_token_id
    types = torch.zeros_like(ids)
    types[:, -ANSWER:] = 1
    inputs = {"pixel_values": images, "input_ids": ids, "token_type_ids": types, "attention_mask": torch.ones_like(ids)}
    labels = ids.masked_fill(types == 0, -100)
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    return trained, lambda: model(**inputs, labels=labels, use_cache=False).loss


def adapt_by_hand(model, folder):
    """LoRA in plain torch: what peft computes, without what it does around it."""
    import torch
    from safetensors.torch import load_file
    from torch.nn.functional import linear

    class Lora(torch.nn.Module):
        def __init__(self, base, a, b):
            super().__init__()
            self.base, self.a, self.b = base, torch.nn.Parameter(a), torch.nn.Parameter(b)

        def forward(self, x):
            return self.base(x) + linear(linear(x, self.a), self.b) * SCALE

    model.requires_grad_(False)
    tensors = load_file(f"{folder}/adapter_model.safetensors")
    for key, a in tensors.items():
        if ".lora_A." in key:
            name = key.removeprefix("base_model.model.").removesuffix(".lora_A.weight")
            model.set_submodule(name, Lora(model.get_submodule(name), a, tensors[key.replace("lora_A", "lora_B")]))


def serve(name, folder):
    """Answers each line with the CPU seconds, loss and peak of a step."""
    import resource

    import torch

    torch.set_num_threads(1)
    work = {**dict.fromkeys(PICTURES, picture_work), **dict.fromkeys(LANGUAGE, language_work), **dict.fromkeys(ANSWERS, answer_work)}
    parameters, of_batch = work[name](name, folder)
    optimizer = torch.optim.AdamW(parameters, lr=1e-4, fused=True)
    for _ in sys.stdin:
        before = time.process_time()
        loss = of_batch()
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=False)
        seconds = time.process_time() - before
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps({"cpu_seconds": seconds, "loss": loss.item(), "peak_mib": peak}), flush=True)


def kernel_seconds(process):
    """CPU seconds so far that the kernel took for a process, most of them to clear pages of memory; 0 where the system does not tell."""
    stat = pathlib.Path(f"/proc/{process.pid}/stat")
    if not stat.exists():
        return 0
    return int(stat.read_text().rpartition(")")[2].split()[12]) / os.sysconf("SC_CLK_TCK")


def measure(name, pairs):
    """A line of a table in Markdown."""
    from java_program import JavaProgram

    with tempfile.TemporaryDirectory() as folder, JavaProgram("ModelSteps", name.removesuffix("-by-hand"), str(BATCH[name]), folder) as ours:
        first = ours.ask("step")  # by then the model is saved
        theirs = subprocess.Popen(  # -P: transformers would take our kernels.py for the package of that name
            [sys.executable, "-P", __file__, name, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

        def ask():
            theirs.stdin.write("\n")
            theirs.stdin.flush()
            answer = theirs.stdout.readline()
            if not answer:
                raise RuntimeError(f"the side of transformers ended without an answer on {name}; its error is above")
            return json.loads(answer)

        losses = (first["loss"], ask()["loss"])
        for _ in range(WARM):
            ours.ask("step"), ask()
        before = [kernel_seconds(side) for side in (ours.process, theirs)]
        answers = [(ours.ask("step"), ask()) for _ in range(pairs)]
        after = [kernel_seconds(side) for side in (ours.process, theirs)]
        theirs.stdin.close()
        theirs.wait()
    java, python = ([answer["cpu_seconds"] for answer in side] for side in zip(*answers))
    low, middle, high = statistics.quantiles([b / a for a, b in zip(java, python)], n=4)
    kernel = " and ".join(f"{1000 * (b - a) / pairs:.0f}" for a, b in zip(before, after))
    peaks = [side["peak_mib"] for side in answers[-1]]
    return (
        f"| {name} | {1000 * statistics.median(java):.0f} | {1000 * statistics.median(python):.0f} "
        f"| {middle:.2f} [{low:.2f}, {high:.2f}] | {kernel} | {peaks[0]} | {peaks[1]} | {peaks[0] / peaks[1]:.2f} "
        f"| {losses[0]:.5f} and {losses[1]:.5f} |"
    )


HEADER = [
    "| model | ours, ms | transformers, ms | speed [quartiles] | in the kernel, ms | ours, peak MiB | transformers, peak MiB | ratio | first losses |",
    "|---|---|---|---|---|---|---|---|---|",
]

if __name__ == "__main__":
    serve(*sys.argv[1:])
