"""Trains the Unigram subwords and writes them as a tokenizer.json that transformers.js reads."""

import json
import random
import sys
from pathlib import Path

import sentencepiece

from pairs import trained_pair, trained_phrase
from sources import LEXICON_LANGUAGES
from texts import LANGUAGES, UNSPACED, marked, normalise

SIZE = 50_000
UNKNOWN, PAD = 0, 1


def corpus(material, rng):
    """Lines for the subwords: names and lexicons often, dictionaries once, every language enough."""
    lines = []
    for by in material.names.values():
        lines += list(by.values()) * 4
    for by in material.concepts.values():
        lines += [w for words in by.values() for w in words] * 8
    for sign, by in material.emoji:
        lines += [sign] + [w for words in by.values() for w in words]
    per_language = {l: [] for l in LANGUAGES}
    for (a, b, weight), pairs in material.words.items():
        for x, y in pairs:
            per_language[a].append((weight, x))
            per_language[b].append((weight, y))
    for words in per_language.values():
        words = sorted(set(words))
        rng.shuffle(words)
        # Words of things first: they are what shoppers say.
        words.sort(key=lambda entry: -entry[0])
        lines += [word for weight, word in words[:60_000] for _ in range(weight)]
    lines += [y for _, _, y in rng.sample(material.definitions, 20_000)]
    lines += [gloss for _, gloss, _ in material.synsets]
    lines += [w for _, by in material.phrases for words in by.values() for w in words]
    lines += [w for _, by in material.items for words in by.values() for w in words] * 2
    for by in material.sentences.values():
        lines += [p["query"] for p in by["pairs"] if trained_pair(p["id"])] + [t.replace("{x}", "") for t in by["templates"]]
    for by in material.uses.values():
        lines += [phrase for phrases in by.values() for phrase in phrases if trained_phrase(phrase)]
    for language in LEXICON_LANGUAGES:
        demo = material.demo[language]
        lines += [*demo["features"].values(), *demo["materials"].values(), *demo["descriptions"]] * 5
    return [marked(normalise(line)) for line in lines]


def train(material, folder: Path, seed):
    """Writes subwords.model; the normal form is ours, so sentencepiece's own is switched off."""
    text = folder / "corpus.txt"
    text.write_text("\n".join(corpus(material, random.Random(seed))), encoding="utf8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(text),
        model_prefix=str(folder / "subwords"),
        model_type="unigram",
        vocab_size=SIZE,
        character_coverage=0.9998,
        required_chars="".join(sign for sign, _ in material.emoji),
        normalization_rule_name="identity",
        add_dummy_prefix=False,
        remove_extra_whitespaces=False,
        split_by_whitespace=True,
        max_sentencepiece_length=14,
        unk_id=UNKNOWN,
        pad_id=PAD,
        bos_id=-1,
        eos_id=-1,
        num_threads=2,
        minloglevel=1,
    )


def load(folder: Path):
    return sentencepiece.SentencePieceProcessor(model_file=str(folder / "subwords.model"))


def seed(number):
    """Cuts at random are the same for the same number."""
    sentencepiece.set_random_generator_seed(number)


def write_json(processor, target: Path):
    """tokenizer.json with the same pieces, scores and normal form."""
    vocabulary = [[processor.id_to_piece(i), round(processor.get_score(i), 4)] for i in range(processor.get_piece_size())]
    vocabulary[UNKNOWN][0], vocabulary[PAD][0] = "<unk>", "<pad>"
    special = lambda i, text: dict(id=i, content=text, single_word=False, lstrip=False, rstrip=False, normalized=False, special=True)
    replace = lambda regex, content: {"type": "Replace", "pattern": {"Regex": regex}, "content": content}
    strip = {"type": "Strip", "strip_left": True, "strip_right": True}
    marks = [replace(f"(^| )(?=[^ {UNSPACED}])", "▁"), replace(" ", "")]
    tokenizer = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [special(UNKNOWN, "<unk>"), special(PAD, "<pad>")],
        "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Lowercase"}, replace("\ufe0f", ""), replace(r"\s+", " "), strip, *marks]},
        "pre_tokenizer": None,
        "post_processor": None,
        "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": False},
        "model": {"type": "Unigram", "unk_id": UNKNOWN, "vocab": vocabulary, "byte_fallback": False},
    }
    target.write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), encoding="utf8")
