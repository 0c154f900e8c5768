"""Adapters between Hugging Face peft and ours.

write FOLDER      peft makes adapters of many kinds on the models in FOLDER/llama and FOLDER/grouped: FOLDER/CASE with io.safetensors, its logits
read FOLDER CASE  peft loads FOLDER/CASE on the model that it names and compares with the logits in io.safetensors; any number of cases
paligemma FOLDER  peft loads the adapters in FOLDER/adapters on the PaliGemma in FOLDER/model and compares with the logits in FOLDER/io.safetensors
"""

import sys
from pathlib import Path

import torch
from peft import LoraConfig, PeftModel, PrefixTuningConfig, get_peft_model
from safetensors.torch import load_file, save_file
from transformers import LlamaForCausalLM, PaliGemmaForConditionalGeneration

LIMIT = 1e-4  # relative to the largest value, float32
PROJECTIONS = ["q_proj", "k_proj", "v_proj", "up_proj", "down_proj"]


def lora(**more):
    return LoraConfig(**{"r": 4, "lora_alpha": 8, "target_modules": PROJECTIONS, "init_lora_weights": False, "task_type": "CAUSAL_LM", **more})


def prefix(**more):
    return PrefixTuningConfig(num_virtual_tokens=5, task_type="CAUSAL_LM", **more)


CASES = {
    "list": lora(),
    "expression": lora(target_modules=r".*layers\.\d+\.(self_attn|mlp)\.[qud]\w+_proj"),
    "all-linear": lora(target_modules="all-linear"),
    "rslora": lora(use_rslora=True, r=9),
    "rank-one": lora(r=1, target_modules=["o_proj"]),
    "wide": lora(r=100),
    "layer": lora(layers_to_transform=[1]),
    "excluded": lora(target_modules="all-linear", exclude_modules=["k_proj"]),
    "patterns": lora(rank_pattern={"q_proj": 2, r"layers\.1\.mlp\.up_proj": 7}, alpha_pattern={"k_proj": 3.5}),
    "grouped-list": lora(),
    "grouped-all-linear": lora(target_modules="all-linear"),
    "bfloat16": lora(),
    "prefix": prefix(),
    "grouped-prefix": prefix(),
    "refused-dora": lora(use_dora=True),
    "refused-bias": lora(bias="all"),
    "refused-saved": lora(modules_to_save=["lm_head"]),
    "refused-projection": prefix(prefix_projection=True, encoder_hidden_size=16),
}


def model(folder: Path, name: str) -> LlamaForCausalLM:
    return LlamaForCausalLM.from_pretrained(folder / name, dtype=torch.float32).eval()


def write(folder: Path) -> None:
    ids = load_file(folder / "ids.safetensors")["input_ids"]
    for case, config in CASES.items():
        torch.manual_seed(len(case))
        base = "grouped" if case.startswith("grouped") else "llama"
        adapted = get_peft_model(model(folder, base), config).eval()
        adapted.save_pretrained(folder / case)
        if case == "bfloat16":
            file = folder / case / "adapter_model.safetensors"
            save_file({key: value.bfloat16() for key, value in load_file(file).items()}, file)
            adapted = PeftModel.from_pretrained(model(folder, base), folder / case, autocast_adapter_dtype=True).eval()
        with torch.no_grad():
            save_file({"logits": adapted(input_ids=ids).logits.contiguous()}, folder / case / "io.safetensors")


def read(folder: Path, cases: list[str]) -> None:
    ids = load_file(folder / "ids.safetensors")["input_ids"]
    for case in cases:
        base = "grouped" if case.startswith("grouped") else "llama"
        plain = model(folder, base)
        with torch.no_grad():
            before = plain(input_ids=ids).logits
            theirs = PeftModel.from_pretrained(plain, folder / case).eval()(input_ids=ids).logits
        compare(case, before, theirs, load_file(folder / case / "io.safetensors")["logits"])


def paligemma(folder: Path) -> None:
    io = load_file(folder / "io.safetensors")
    inputs = {name: io[name] for name in ("pixel_values", "input_ids", "token_type_ids")}
    plain = PaliGemmaForConditionalGeneration.from_pretrained(folder / "model", dtype=torch.float32).eval()
    with torch.no_grad():
        before = plain(**inputs).logits
        theirs = PeftModel.from_pretrained(plain, folder / "adapters").eval()(**inputs).logits
    compare("paligemma", before, theirs, io["logits"])


def compare(case: str, before: torch.Tensor, theirs: torch.Tensor, ours: torch.Tensor) -> None:
    difference = (theirs - ours).abs().max() / theirs.abs().max()
    change = (theirs - before).abs().max() / theirs.abs().max()
    print(f"{case}: largest difference {difference:.1e} of the largest value; the adapters change {change:.1e}")
    if not (difference < LIMIT < change):
        sys.exit(1)


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(Path(sys.argv[2]))
    elif sys.argv[1] == "paligemma":
        paligemma(Path(sys.argv[2]))
    else:
        read(Path(sys.argv[2]), sys.argv[3:])
