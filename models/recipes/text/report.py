"""Measures the exported weights (int8 values and all) and writes metrics.json and curves.png."""

import argparse
import json
import pickle
import random
from pathlib import Path

import matplotlib
import torch

import tokens
from export import int8
from measure import retrieval
from network import TextEncoder
from pairs import COLORS, Composer, trained_pair, trained_phrase
from sources import LEXICON_LANGUAGES
from texts import LANGUAGES
from train import encode_all

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402


def rounded(network):
    """The network with the weights that the ONNX file holds."""
    with torch.no_grad():
        for module, axis in ((network.table, 0), (network.neighbours.out, 0), (network.inner, 0), (network.outer, 0)):
            values, scales = int8(module.weight.numpy(), axis)
            module.weight.copy_(torch.from_numpy(values * scales))
    return network


def percent(hits):
    return round(100 * sum(hits) / max(1, len(hits)), 1)


def nearest(encode, queries, gallery, answers, first=1):
    """Percentage of queries whose answer is among the first of the gallery."""
    best = (encode(queries) @ encode(gallery).T).topk(first).indices.tolist()
    return percent([any(gallery_index == answer for gallery_index in row) for row, answer in zip(best, answers)])


def query_to_title(encode, material):
    """Written queries to the English titles of all products; the half that was not trained on."""
    titles = [p["title"] for p in material.sentences["en"]["pairs"]]
    result = {}
    for language, written in material.sentences.items():
        chosen = [i for i, p in enumerate(written["pairs"]) if not trained_pair(p["id"])]
        result[language] = nearest(encode, [written["pairs"][i]["query"] for i in chosen], titles, chosen)
    return result


def intents(encode, material):
    """Ways to say something that were not trained on, to the right one of the intents (English examples)."""
    names = sorted(material.sentences["en"]["intents"])
    examples = [(t, i) for i, n in enumerate(names) for t in material.sentences["en"]["intents"][n]["trained"]]
    gallery = encode([t for t, _ in examples])
    result = {}
    for language, written in material.sentences.items():
        kept = [(t, i) for i, n in enumerate(names) for t in written["intents"][n]["kept"]]
        best = (encode([t for t, _ in kept]) @ gallery.T).argmax(1).tolist()
        result[language] = percent([examples[b][1] == i for b, (_, i) in zip(best, kept)])
    return result


def uses(encode, material):
    """What a thing is for, in words that were not trained on, to its name among the 175 in the same language: [1, 5]."""
    result = {}
    for language, by in material.uses.items():
        kinds = sorted(by)
        names = [material.lexicons[language]["kinds"][k]["name"] for k in kinds]
        rows = [(p, i) for i, k in enumerate(kinds) for p in by[k] if not trained_phrase(p)]
        queries, answers = [p for p, _ in rows], [i for _, i in rows]
        result[language] = [nearest(encode, queries, names, answers), nearest(encode, queries, names, answers, 5)]
    return result


def colors_in_context(encode, material):
    """A query with a colour to the English title of that colour among the twelve titles that differ in nothing else."""
    result = {}
    for language in LEXICON_LANGUAGES:
        rng = random.Random(f"colors/{language}")
        composer = Composer(material, rng)
        hits = []
        for _ in range(60):
            thing = ("kind", rng.choice(composer.kinds))
            seller = Composer(material, random.Random(1))
            rest = {**composer.attributes(), "colors": None}
            titles = []
            for color in COLORS:
                seller.rng.seed(f"{thing}{rest}")
                titles.append(seller.title("en", thing, {**rest, "colors": color}))
            at = rng.randrange(len(COLORS))
            query = composer.query(language, thing, {"colors": COLORS[at]}, ["colors"])
            hits.append(int((encode([query]) @ encode(titles).T).argmax()) == at)
        result[language] = percent(hits)
    return result


def curves(folder, target):
    curve = json.loads((folder / "curve.json").read_text())
    steps = [c["step"] for c in curve]
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4))
    left.plot(steps, [c["loss"] for c in curve])
    left.set(title="Training loss (symmetric InfoNCE)", xlabel="step", ylabel="loss")
    for name, style in (("seen", "-"), ("unseen", "--")):
        right.plot(steps, [c[name][0] for c in curve], style, label=f"{name} names, rank 1")
        right.plot(steps, [c[name][1] for c in curve], style, label=f"{name} names, first 10", alpha=0.6)
    right.set(title="Names to English, validation (mean of zh es ja de ru)", xlabel="step", ylabel="%", ylim=(0, 100))
    right.legend()
    right.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(target, dpi=80)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("target", type=Path, help="where metrics.json, curves.png and reference.json go")
    options = parser.parse_args()
    material = pickle.loads((options.folder / "material.pkl").read_bytes())
    processor = tokens.load(options.folder)
    network = TextEncoder(processor.get_piece_size())
    network.load_state_dict(torch.load(options.folder / "checkpoint.pt")["model"])
    rounded(network)
    encode = lambda texts: encode_all(network, processor, texts)
    metrics = {
        "names_to_english": retrieval(encode, material, "held_out", ["zh", "es", "ja", "de", "ru"]),
        "names_to_english_other_languages": retrieval(encode, material, "held_out", ["fr", "pt", "it", "nl", "pl", "cs", "sv", "tr"]),
        "query_to_title_rank_1": query_to_title(encode, material),
        "intents": len(material.sentences["en"]["intents"]),
        "intents_rank_1": intents(encode, material),
        "uses_rank_1_and_5": uses(encode, material),
        "colors_in_context": colors_in_context(encode, material),
    }
    (options.target / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n")
    curves(options.folder, options.target / "curves.png")
    some = random.Random(7).sample(sorted(material.names), 4)
    texts = [material.names[i][l] for i in some for l in LANGUAGES if l in material.names[i]]
    texts += ["I’m looking for a RED  Dress, size M – under 30 €!", "İstanbul ÇANTA", "Ｔシャツ ½ 赤い", "👗", "❤️ dress", "ﬁne ™", "مرحبا قميص"]
    vectors = encode(texts)
    lines = [{"text": t, "vector": [round(x, 4) for x in v.tolist()]} for t, v in zip(texts, vectors)]
    (options.target / "reference.json").write_text(json.dumps(lines, ensure_ascii=False) + "\n", encoding="utf8")
    print(json.dumps(metrics, indent=1))


if __name__ == "__main__":
    main()
