"""Measures the optimizer and training, and writes their sections of benchmarks/RESULTS.md.

    mvn -Pbenchmarks -DskipTests package
    pip install -r benchmarks/requirements.txt        # into an environment of its own
    python benchmarks/python/results.py [--pairs N]

About a quarter of an hour on a quiet machine. Each side has one thread; figures are CPU time.
"""

import argparse
import datetime
import os
import platform

os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

import torch  # noqa: E402  (after the thread counts)

import fine_tunes  # noqa: E402
import model_steps  # noqa: E402
import optimizer_steps  # noqa: E402
import picture_steps  # noqa: E402
import results_file  # noqa: E402
import text_steps  # noqa: E402
from java_program import java  # noqa: E402
from machine import java_version, load, processor  # noqa: E402

STEPS = """One step on the tensors of CLIP ViT-B/16's image tower (`clip`) and of LLaMA-7B's LoRA (`lora`), gradients of half of the
tensors pointing back, so that Adam-SPD pulls half of them. In each round all optimizers take one step. `rule` is the authors'
rule in Python, tensor by tensor; `foreach` and `fused` are torch's AdamW. Clearing gradients is left out. `floor` is four plain
copies of as many elements, what Adam-SPD has to move; it is no lower bound, as torch's fused AdamW moves seven arrays in less
time. The column on the right is what the optimizer holds: moments, and the anchors that the rule needs as well."""

FINE_TUNES = """A whole fine-tune as `spd train` does it, evaluation left out, beside the same work in torch
(`python/twin_worlds.py`). A ratio above 1 means that ours takes longer."""

MODEL_STEPS = f"""One training step (forward, backward, AdamW) on {model_steps.BATCH["vit"]} images of 224 pixels with one thread, beside Hugging Face transformers with the
same weights. `vit`: CLIP's vision transformer, 12 layers, 192 wide, 197 tokens. `swin`: Swin, 48 wide, 2, 2, 6 and 2 blocks. A
speed above 1 means that ours is faster; CPU time of the whole process. The time in the kernel, ours and theirs, is the mean of a
step: most of it goes to pages that malloc gave back and takes again, so that a third of a step was lost under thresholds of 1 MB.
Wanted: vit at least 0.92, swin 0.85, memory at most 1.6."""

LANGUAGE_STEPS = f"""One training step (forward, loss of all tokens, backward, AdamW) on {model_steps.BATCH["llama"]} texts of {model_steps.TOKENS} tokens in float32 with one thread,
beside `LlamaForCausalLM` of Hugging Face transformers with the same weights (eager, attention by sdpa, no cache): 8 layers, 512 wide,
8 heads, 1,376 in the MLP, 8,000 ids. `llama`: all weights are trained. `lora`: adapters of rank 8 of q, k, v, up and down alone, beside
peft with the same adapters. `lora-by-hand`: these beside a few lines of plain torch in place of peft. A speed above 1 means that ours is
faster; CPU time of the whole process. Wanted: at least 0.92."""

ANSWER_STEPS = f"""One training step (forward, loss of the answer, backward, AdamW) on {model_steps.BATCH["paligemma"]} pictures of 112 pixels with a question of {model_steps.QUESTION} tokens and an answer of
{model_steps.ANSWER} in float32 with one thread, beside `PaliGemmaForConditionalGeneration` of Hugging Face transformers with the same weights (eager, attention by sdpa, no
cache). Tower: 4 layers, 192 wide, 64 tokens of a picture; decoder: 6 layers, 256 wide, 4 heads and 1 of keys and values, 1,024 in the MLP, 2,000 ids.
`paligemma`: all weights are trained. `paligemma-lora`: adapters of rank 8 of q, k, v and o alone, beside peft. A speed above 1 means that ours is
faster; CPU time of the whole process. Wanted: at least 0.92."""

PICTURES = """Pictures made ready for training on one core: a JPEG file decoded, a random box of it resized to 224 pixels (bicubic), mirrored half
of the time, and normalised. All sides take the same boxes and give the same floats. `it / ours` above 1 means that ours is faster;
CPU time of the whole process, of the parts that of the thread. Our decoder is the JDK's, libjpeg 6b without SIMD, with our way from
YCC to RGB after it; Pillow's is libjpeg-turbo, which does both with SIMD. The last table is of our loader with its worker threads, one
less than cores: what the trainer waits for a batch while each model step takes a known time on another device, here asleep. Where a
step takes longer than the workers take for a batch, nothing should be waited for."""

TEXTS = f"""{text_steps.NEW} new tokens behind prompts of {text_steps.PROMPT} by a LLaMA with random weights, 6 layers, 256 wide, 8 heads, 8,000 ids, with one thread,
beside `generate()` of Hugging Face transformers with the same weights: the likeliest token each time, or a beam search. A speed above 1 means
that ours is faster; CPU time of the whole process, and time of the clock. Wanted: at least 1.0 with 4 prompts."""


def machine():
    return f"{processor()}; {java_version(java())}; Python {platform.python_version()}, torch {torch.__version__}"


def main():
    parser = argparse.ArgumentParser(description="Measure the optimizer and training and write their sections of RESULTS.md.")
    parser.add_argument("--pairs", type=int, default=11)
    parser.add_argument("--models", action="store_true", help="the steps of CLIP and Swin only")
    parser.add_argument("--language", action="store_true", help="the steps of LLaMA and LoRA only")
    parser.add_argument("--answers", action="store_true", help="the steps of PaliGemma and LoRA only")
    parser.add_argument("--pictures", action="store_true", help="pictures made ready for training only")
    parser.add_argument("--texts", action="store_true", help="texts written by a language model only")
    arguments = parser.parse_args()
    pairs = arguments.pairs
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    written = f"{datetime.date.today()}, {machine()}. Written by `python benchmarks/python/results.py`."
    only = [name for name in ("models", "language", "answers", "pictures", "texts") if getattr(arguments, name)]
    option = "".join(f" --{name}" for name in only)
    counted = written.replace("results.py`", f"results.py{option}`") + f" Pairs: {pairs}."
    if not only or arguments.texts:
        rows = text_steps.measure(pairs)
        texts = [TEXTS, "", f"{counted[:-1]}, {load()}.", ""] + rows
        results_file.replace({"## Texts": "\n".join(texts)})
    if not only or arguments.pictures:
        pictures = [PICTURES, "", counted, ""] + picture_steps.measure(pairs)
        results_file.replace({"## Pictures": "\n".join(pictures)})
    if not only or arguments.language:
        rows = [model_steps.measure(name, pairs) for name in model_steps.LANGUAGE]
        language = [LANGUAGE_STEPS, "", f"{counted[:-1]}, {load()}.", ""] + model_steps.HEADER + rows
        results_file.replace({"## Training step of LLaMA and LoRA": "\n".join(language)})
    if not only or arguments.answers:
        rows = [model_steps.measure(name, pairs) for name in model_steps.ANSWERS]
        answers = [ANSWER_STEPS, "", f"{counted[:-1]}, {load()}.", ""] + model_steps.HEADER + rows
        results_file.replace({"## Training step of PaliGemma": "\n".join(answers)})
    if only and not arguments.models:
        return
    models = [MODEL_STEPS, "", counted, ""] + model_steps.HEADER + [model_steps.measure(name, pairs) for name in ("vit", "swin")]
    results_file.replace({"## Training step of CLIP and Swin": "\n".join(models)})
    if only:
        return
    steps = [STEPS]
    for shapes in ("clip", "lora"):
        steps += ["", f"### {shapes}", ""] + optimizer_steps.measure(shapes, pairs)
    fine = [FINE_TUNES, ""] + fine_tunes.HEADER
    for world in ("emoji", "domainnet"):
        fine += fine_tunes.measure(world, pairs)
    results_file.replace(
        {
            results_file.HEAD: written,
            "## Optimizer step": "\n".join(steps),
            "## Fine-tune and training step": "\n".join(fine),
        }
    )
    print(results_file.PATH.read_text())


if __name__ == "__main__":
    main()
