"""Cross-lingual retrieval of category names, as the card reports it."""

import torch

from texts import LANGUAGES, digest

REPORTED = ["zh", "es", "ja", "de", "ru"]


def retrieval(encode, material, which, languages=REPORTED):
    """Recall at 1 and 10 from each language's names to English among all names of the taxonomy, averaged, in percent.

    `which`: "validation" or "held_out" (names never seen) and, beside it, as many seen names.
    """
    taxonomy = material.taxonomy
    ids = sorted(taxonomy, key=int)
    english = [taxonomy[i]["en"]["name"] for i in ids]
    gallery = encode(english)
    seen = sorted(material.names, key=lambda i: digest(f"seen/{i}"))[:500]
    result = {}
    for name, chosen in (("unseen", getattr(material.split, which)), ("seen", seen)):
        ones, tens = [], []
        for language in languages:
            queries = encode([taxonomy[i][language]["name"] for i in chosen])
            best = (queries @ gallery.T).topk(10).indices
            hits = torch.tensor([[english[c] == taxonomy[i]["en"]["name"] for c in row] for i, row in zip(chosen, best.tolist())])
            ones.append(hits[:, 0].float().mean().item() * 100)
            tens.append(hits.any(1).float().mean().item() * 100)
            if which != "validation":
                result[f"{name}_{language}"] = [round(ones[-1], 1), round(tens[-1], 1)]
        result[name] = [round(sum(ones) / len(ones), 1), round(sum(tens) / len(tens), 1)]
    return result
