"""What is said in training: wishes made of the lexicons' words, set phrases, names of categories, brands; in seven languages."""

import hashlib
import json
import os
import random
import re
import subprocess
import unicodedata
from pathlib import Path

import icu

from network import LANGUAGES, LETTERS
from numbers_said import ASKED, said

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("DATA_DIR", ROOT.parent / "shared" / "data"))
CODES = dict(en="en-US", zh="zh-CN", es="es-ES", fr="fr-FR", de="de-DE", ru="ru-RU", pt="pt-BR")
#: Around a wish. The first entries are the wish alone, as most notes are.
CARRIERS = {
    "en": ["{q}", "{q}", "{q} please", "i'm looking for {q}", "i am looking for {q}", "do you have {q}", "show me {q}", "i need {q}", "i want {q}", "i'd like {q}", "have you got any {q}", "can you show me {q}", "find me {q}", "where can i find {q}", "i want to buy {q}", "{q} as a gift", "hi do you sell {q}", "are there any {q}", "could you find {q} for me", "what {q} do you have"],
    "zh": ["{q}", "{q}", "请问有{q}吗", "我想买{q}", "给我看看{q}", "帮我找{q}", "我要{q}", "有没有{q}", "我在找{q}", "想要{q}", "你们有{q}吗", "推荐一下{q}", "我需要{q}", "来一个{q}", "找一下{q}"],
    "es": ["{q}", "{q}", "busco {q}", "tienen {q}", "quisiera ver {q}", "necesito {q}", "quiero {q}", "quiero comprar {q}", "estoy buscando {q}", "me gustaría {q}", "tenéis {q}", "muéstrame {q}", "enséñame {q}", "hola busco {q}", "{q} por favor", "hay {q}"],
    "fr": ["{q}", "{q}", "je cherche {q}", "avez-vous {q}", "montrez-moi {q}", "il me faut {q}", "je voudrais {q}", "je veux {q}", "j'ai besoin de {q}", "vous avez {q}", "je voudrais acheter {q}", "bonjour je cherche {q}", "{q} s'il vous plaît", "est-ce que vous avez {q}", "trouvez-moi {q}"],
    "de": ["{q}", "{q}", "ich suche {q}", "habt ihr {q}", "zeig mir bitte {q}", "ich brauche {q}", "ich möchte {q}", "ich hätte gern {q}", "haben sie {q}", "zeigen sie mir {q}", "gibt es {q}", "ich will {q} kaufen", "hallo ich suche {q}", "{q} bitte", "wo finde ich {q}"],
    "ru": ["{q}", "{q}", "ищу {q}", "у вас есть {q}", "покажите {q}", "мне нужно {q}", "мне нужны {q}", "мне нужен {q}", "хочу {q}", "хочу купить {q}", "я ищу {q}", "покажи {q}", "есть {q}", "подскажите есть {q}", "здравствуйте ищу {q}", "найдите {q}", "нужна {q}"],
    "pt": ["{q}", "{q}", "procuro {q}", "vocês têm {q}", "quero ver {q}", "preciso de {q}", "quero {q}", "quero comprar {q}", "estou procurando {q}", "gostaria de {q}", "me mostre {q}", "tem {q}", "oi procuro {q}", "{q} por favor"],
}  # fmt: skip
NOUN_FIRST = {"es", "fr", "pt"}
#: How far of a price is said: "up to 50 euros".
CURRENCY = dict(en="euros", zh="欧元", es="euros", fr="euros", de="euro", ru="евро", pt="euros")
OTHER_CURRENCY = dict(en=["dollars", "pounds"], zh=["元", "块"], es=["dólares", "pesos"], fr=["euros"], de=["euro"], ru=["рублей", "евро"], pt=["reais"])
AND = dict(en=["and", "with"], zh=["和"], es=["y", "con"], fr=["et", "avec"], de=["und", "mit"], ru=["и", "с"], pt=["e", "com"])


def digest(text):
    """A number that is the same on every machine."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def letters(text):
    """The form that is written: lower case, letters and apostrophes, single spaces."""
    text = unicodedata.normalize("NFKC", text).lower().replace("’", "'").replace("ё", "ё")
    text = re.sub(r"[^\w'&]|[_\d]", " ", text)
    text = re.sub(r"(^|\s)'+|'+(\s|$)", " ", text)
    return re.sub(r"\s+", " ", text).strip()


class Language:
    """Draws phrases of one language."""

    def __init__(self, language, brands):
        self.language, self.brands = language, brands
        self.rng = random.Random(f"voice/{language}")
        self.lexicon = json.loads((ROOT / "locales" / language / "lexicon.json").read_text(encoding="utf8"))
        self.join = "" if language == "zh" else " "
        kinds = self.lexicon["kinds"].values()
        self.kinds = [(k["class"], list(dict.fromkeys([k["name"], k["plural"], *k["synonyms"]]))) for k in kinds]
        self.categories = self.names()

    def names(self):
        """Each part of the category paths: 5,400 names."""
        lines = (SHARED / "taxonomy" / f"{CODES[self.language]}.txt").read_text(encoding="utf8").splitlines()[1:]
        return sorted({line.split(" > ")[-1].split(" - ")[-1] for line in lines})

    def number(self):
        return self.rng.choice(ASKED)

    def price(self):
        r = self.rng
        cue = r.choice([c for c in self.lexicon["cues"][r.choice(["under", "under", "under", "over"])] if not re.search("[<>=]", c)])
        currency = CURRENCY[self.language] if r.random() < 0.7 else r.choice(OTHER_CURRENCY[self.language])
        amount = said(self.language, self.number(), genitive=" {a}" in cue and cue.split(" {a}")[0] in ("до", "не дороже", "дешевле", "меньше", "не более", "не больше", "ниже", "от", "больше", "более", "дороже"))
        return cue.replace("{a}", f"{amount}{self.join}{currency}").replace("{b}", amount)

    def kind(self):
        r = self.rng
        class_, names = r.choice(self.kinds)
        # The usual name comes up more often than each of its synonyms.
        return class_, (r.choice(names[:2]) if r.random() < 0.5 else r.choice(names))

    def wish(self):
        r, language = self.rng, self.language
        class_, noun = self.kind() if r.random() < 0.85 else ("x", r.choice(r.choice(list(self.lexicon["groups"].values()))))
        before, after = [], []
        describing = after if language in NOUN_FIRST else before
        if r.random() < 0.5:
            color = r.choice(list(self.lexicon["colors"].values()))
            describing.append(color["forms"].get(class_) if r.random() < 0.6 and color["forms"].get(class_) else r.choice(color["words"]))
        if r.random() < 0.22:
            material = r.choice(list(self.lexicon["materials"].values()))
            place = before if language in ("en", "zh") else after
            place.append(material["phrase"] if r.random() < 0.6 and material["phrase"] else r.choice(material["words"]))
        if r.random() < 0.14:
            pattern = r.choice(list(self.lexicon["patterns"].values()))
            place = before if language in ("en", "zh") else after
            place.append(pattern["phrase"] if r.random() < 0.6 and pattern["phrase"] else r.choice(pattern["words"]))
        if r.random() < 0.2:
            audience = r.choice(list(self.lexicon["audiences"].values()))
            words = [audience["phrase"]] if r.random() < 0.7 and audience["phrase"] else audience["words"]
            (before if language == "zh" else after).append(r.choice(words))
        if r.random() < 0.1:
            before.insert(0, r.choice(self.brands))
        if r.random() < 0.1:
            cue = r.choice(self.lexicon["sizeCue"][:2])
            size = r.choice(["s", "m", "l", "xl", *(said(language, n) for n in (32, 34, 36, 38, 39, 40, 41, 42, 43, 44))])
            after.append(f"{size}{cue}" if language == "zh" else f"{cue} {size}")
        if r.random() < 0.06:
            before.insert(0, r.choice(r.choice(list(self.lexicon["conditions"].values()))))
        if r.random() < 0.2:
            after.append(self.price())
        phrase = self.join.join([*before, noun, *after])
        if r.random() < 0.04:
            phrase = self.join.join([phrase, r.choice(AND[language]), self.kind()[1]])
        return r.choice(CARRIERS[language]).replace("{q}", phrase) if r.random() < 0.75 else phrase

    def phrase(self):
        r, chance = self.rng, self.rng.random()
        if chance < 0.66:
            return self.wish()
        if chance < 0.88:
            name = r.choice(self.categories)
            return r.choice(CARRIERS[self.language]).replace("{q}", name) if r.random() < 0.3 else name
        if chance < 0.94:
            return r.choice(self.lexicon[r.choice(["greetings", "help", "more", "startOver", "thanks", "goodbye"])])
        if chance < 0.97:
            return self.price()
        return r.choice(self.stopwords())

    def stopwords(self):
        return [w for w in self.lexicon["stopwords"] if not re.search(r"[\d<>=]", w)]


def brands():
    """The demo's: they sound like names in many languages."""
    text = (ROOT / "src" / "catalogue" / "demo" / "items.ts").read_text(encoding="utf8")
    return re.findall(r"'([A-Z][\w ]+)'", re.search(r"BRANDS[^\[]*\[(.*?)\]", text, re.S).group(1))


def pinyin(texts, *tones):
    """Chinese as it is written here: syllables without tones, by the package that serves; "tones": with their numbers."""
    answer = subprocess.run(["node", str(Path(__file__).parent / "pinyin.mjs"), *tones], input=json.dumps(texts), capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


def fit(text):
    """May it be learnt from? Digits and Latin units would be read out in ways that nobody wrote down."""
    return not re.search(r"\d", text) and len(text) < 90 and len(letters(text)) > 1


def rows_of(language, texts):
    """[(language, what is spoken, what is written)] of those that the letters suffice for."""
    written = pinyin(texts) if language == "zh" else texts
    return [(language, text, target) for text, target in zip(texts, map(letters, written)) if target and not set(target) - set(LETTERS)]


def composed(counts):
    """Rows, without repetitions; `counts`: how many a language."""
    rows, names = [], brands()
    for language in counts:
        draw, seen = Language(language, names), {}
        for _ in range(40 * counts[language]):
            if len(seen) == counts[language]:
                break
            text = draw.phrase()
            if fit(text):
                seen.setdefault(text, None)
        rows += rows_of(language, list(seen))
    return rows


def strings(value):
    return [value] if isinstance(value, str) else [s for v in (value.values() if isinstance(value, dict) else value) for s in strings(v)]


def free():
    """Rows of what people wrote freely: what things are for (the text encoder's recipe has them), and the demo's sentences."""
    rows, read = [], lambda path: json.loads(path.read_text(encoding="utf8"))
    for language in LANGUAGES:
        texts = strings(read(ROOT / "models" / "recipes" / "text" / "written" / "uses" / f"{language}.json"))
        sentences = [s for text in strings(read(ROOT / "locales" / language / "demo.json")) for s in re.split(r"(?<=[.!?。！？])\s*", text)]
        rows += rows_of(language, [t for t in dict.fromkeys([*texts, *sentences]) if fit(t) and "{" not in t])
    return rows


if __name__ == "__main__":
    for row in random.Random(1).sample([*composed({l: 300 for l in LANGUAGES}), *free()], 60):
        print(*row, sep=" | ")
