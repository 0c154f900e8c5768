"""Loads a saved model with Hugging Face transformers and compares its output with ours: clip|swin|paligemma FOLDER IO.safetensors."""

import sys

import torch
from safetensors.torch import load_file
from transformers import CLIPModel, PaliGemmaForConditionalGeneration, SwinForImageClassification

LIMIT = 1e-4  # relative to the largest value, float32


def output(kind: str, folder: str, tensors: dict[str, torch.Tensor]) -> torch.Tensor:
    images = tensors["images"]
    if kind == "paligemma":
        model = PaliGemmaForConditionalGeneration.from_pretrained(folder, dtype=torch.float32).eval()
        return model(pixel_values=images, input_ids=tensors["ids"], token_type_ids=tensors["types"]).logits
    if kind == "clip":
        model = CLIPModel.from_pretrained(folder).eval()
        features = model.visual_projection(model.vision_model(pixel_values=images).pooler_output)
        return torch.nn.functional.normalize(features, dim=-1)
    return SwinForImageClassification.from_pretrained(folder).eval()(pixel_values=images).logits


def main() -> None:
    kind, folder, io = sys.argv[1:]
    tensors = load_file(io)
    with torch.no_grad():
        theirs = output(kind, folder, tensors)
    difference = (theirs - tensors["ours"]).abs().max() / theirs.abs().max()
    print(f"{kind} in transformers: largest difference {difference:.1e} of the largest value")
    sys.exit(0 if difference < LIMIT else 1)


if __name__ == "__main__":
    main()
