"""Enters a starter model into models/manifest.json with the sizes and hashes of its files and what report.py measured."""

import hashlib
import json
import sys
from pathlib import Path

MODELS = Path(__file__).resolve().parents[1]

TEXT = {
    "id": "vitrine-text-1",
    "kind": "text",
    "set": "starter",
    "space": "vitrine-1",
    "dimensions": 256,
    "languages": ["en", "zh", "es", "fr", "de", "ja", "pt", "ru", "it", "nl", "pl", "cs", "sv", "tr"],
    "licence": "Apache-2.0",
    "folder": "starter/text",
    "encoding": {
        "file": "onnx/model_quantized.onnx",
        "prefixes": {"query": "", "document": ""},
        "pooling": "none",
        "output": "sentence_embedding",
        "maxTokens": 96,
        "padTo": None,
        "lowercase": False,
    },
    "recipe": "recipes/text",
    "note": "recipes/text/README.md says what it was trained on and where it is weak",
}
IMAGE = {
    "id": "vitrine-image-1",
    "kind": "image",
    "set": "starter",
    "space": "vitrine-1",
    "dimensions": 256,
    "languages": "many",
    "licence": "Apache-2.0",
    "folder": "starter/image",
    "encoding": None,
    "pictures": {"file": "onnx/model_fp16.onnx", "output": "image_embeds", "square": 128},
    "recipe": "recipes/image",
    "note": "recipes/image/README.md says what it was trained on (research data among it) and where it is weak",
}
VOICE = {
    "id": "vitrine-voice-1",
    "kind": "speech",
    "set": "starter",
    "space": "vitrine-1",
    "dimensions": 256,
    "languages": ["en", "zh", "es", "fr", "de", "ru", "pt"],
    "licence": "Apache-2.0",
    "folder": "starter/voice",
    "encoding": None,
    "recipe": "recipes/voice",
    "note": "trained on synthetic speech only; MODELS=hub or SPEECH=whisper for production: see recipes/voice/README.md",
}
FUSION = {
    "id": "vitrine-fusion-1",
    "kind": "fusion",
    "set": "starter",
    "space": "vitrine-1",
    "dimensions": 256,
    "languages": "many",
    "licence": "Apache-2.0",
    "folder": "starter/fusion",
    "encoding": None,
    "recipe": "recipes/fusion",
    "note": "trained on the demo catalogue: \"vitrine train\" trains on a shop's own; shoppers with a taste, and most voices, are simulated",
}
SENTIMENT = {
    "id": "vitrine-sentiment-1",
    "kind": "text-classifier",
    "set": "starter",
    "space": "vitrine-1",
    "dimensions": 256,
    "languages": ["en", "zh", "es", "fr", "de", "ja", "pt", "ru"],
    "licence": "Apache-2.0",
    "folder": "starter/sentiment",
    "encoding": None,
    "recipe": "recipes/sentiment",
    "note": "recipes/sentiment/README.md says what it was trained on and where it is weak",
}
INTENTS = {
    **SENTIMENT,
    "id": "vitrine-intents-1",
    "folder": "starter/intents",
    "recipe": "recipes/intents",
    "note": "serves nothing yet; recipes/intents/README.md says what it was trained on and where it is weak",
}
LANGUAGE = {
    **SENTIMENT,
    "id": "vitrine-language-1",
    "space": None,
    "dimensions": None,
    "folder": "starter/language",
    "recipe": "recipes/language",
    "note": "recipes/language/README.md says what it was trained on and where it is weak",
}
STARTERS = {"text": TEXT, "image": IMAGE, "voice": VOICE, "fusion": FUSION, "sentiment": SENTIMENT, "intents": INTENTS, "language": LANGUAGE}


def enter(name):
    entry = dict(STARTERS[name])
    folder = MODELS / entry["folder"]
    paths = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    entry["files"] = [
        {"path": p, "bytes": (folder / p).stat().st_size, "sha256": hashlib.sha256((folder / p).read_bytes()).hexdigest()} for p in paths
    ]
    # The revision follows the bytes: an index made by other weights is refused.
    entry["revision"] = hashlib.sha256("".join(f["sha256"] for f in entry["files"]).encode()).hexdigest()[:40]
    metrics = MODELS / entry["recipe"] / "metrics.json"
    entry["quality"] = json.loads(metrics.read_text()) if metrics.exists() else {}
    if name == "text" and entry["quality"]:
        names = entry["quality"]["names_to_english"]
        unseen, seen = names["unseen"], names["seen"]
        entry["quality"]["headline"] = f"names to English, first / in ten: unseen {unseen[0]} / {unseen[1]} %, seen {seen[0]} / {seen[1]} %"
    if name == "image" and entry["quality"]:
        found = entry["quality"]["validation"]
        first, five = found["grocery by both"]
        entry["quality"]["headline"] = f"clothing, ten names: en {found['en']} / zh {found['zh']} %; groceries, first / five: {first} / {five} % (validation)"
    if name == "voice" and entry["quality"]:
        found = entry["quality"]
        english = found["ndcg"]["en"]["share"]
        entry["quality"]["headline"] = f"synthetic voices: spoken / typed nDCG@10 en {100 * english:.0f} %, others {100 * found['othersAverage']:.0f} %"
    if name == "fusion" and entry["quality"]:
        means = entry["quality"]["test nDCG@10, mean over modalities"]
        entry["quality"]["headline"] = f"nDCG@10 by vectors alone, mean over modalities: {means['attention']:.3f}, plain sum {means['plain sum']:.3f}"
    file = MODELS / "manifest.json"
    manifest = json.loads(file.read_text())
    others = [m for m in manifest["models"] if m["id"] != entry["id"]]
    manifest["models"] = [entry, *others]
    file.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    enter(sys.argv[1])
