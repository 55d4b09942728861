"""Made-up wordings for tests and measurements: sentences in six languages, ways to revise them, and traps."""

from __future__ import annotations

import random

SENTENCES: dict[str, list[str]] = {
    "en": [
        "Coastal States should share the results of their surveys with the Secretariat every second year.",
        "The working group notes with concern that few ports have trained their inspectors.",
        "Funds for the exercise (about 1,250.5 million) shall come from voluntary contributions, and from no other.",
        "Each delegation may send two observers; a third one needs the consent of the Chair.",
        "Before the next session, the host country's authorities will publish a list of pre-approved laboratories.",
        "Nothing in paragraph 12 bis limits the right of a Party to keep samples on its own territory.",
    ],
    "fr": [
        "Les États côtiers devraient communiquer au secrétariat, tous les deux ans, les résultats de leurs relevés.",
        "Le groupe de travail constate avec inquiétude que peu de ports ont formé leurs inspecteurs.",
        "L'exercice est financé par des contributions volontaires, à l'exclusion de toute autre ressource.",
        "Chaque délégation peut envoyer deux observateurs ; un troisième suppose l'accord de la présidence.",
        "D'ici à la prochaine session, le pays hôte publiera la liste des laboratoires agréés.",
        "Aucune disposition du paragraphe 12 bis ne limite le droit d'une partie de conserver des échantillons.",
    ],
    "es": [
        "Los Estados ribereños deberían comunicar a la secretaría, cada dos años, los resultados de sus estudios.",
        "El grupo de trabajo observa con inquietud que pocos puertos han formado a sus inspectores.",
        "El ejercicio se costeará con aportaciones voluntarias y con ningún otro recurso.",
        "Cada delegación podrá enviar dos observadores; el tercero requiere la conformidad de la Presidencia.",
        "Antes del próximo período de sesiones, el país anfitrión publicará la lista de laboratorios autorizados.",
        "Nada de lo dispuesto en el párrafo 12 bis limita el derecho de una parte a conservar muestras.",
    ],
    "ru": [
        "Прибрежным государствам следует раз в два года сообщать секретариату итоги своих съёмок.",
        "Рабочая группа с тревогой отмечает, что лишь немногие порты обучили своих инспекторов.",
        "Учения оплачиваются за счёт добровольных взносов, и никаких других средств на них не выделяется.",
        "Каждая делегация может направить двух наблюдателей; для третьего нужно согласие Председателя.",
        "До следующей сессии принимающая страна опубликует перечень одобренных лабораторий.",
        "Ничто в пункте 12 бис не ограничивает право стороны хранить пробы на своей территории.",
    ],
    "ar": [
        "ينبغي للدول الساحلية أن تبلغ الأمانة كل سنتين بنتائج المسوح التي تجريها.",
        "يلاحظ الفريق العامل بقلق أن قلة من الموانئ درّبت مفتشيها.",
        "يموَّل التمرين من التبرعات وحدها، ولا يموَّل من أي مورد آخر.",
        "يجوز لكل وفد أن يرسل مراقبين اثنين؛ أما الثالث فيحتاج إلى موافقة الرئيس.",
        "ينشر البلد المضيف قبل الدورة المقبلة قائمة بالمختبرات المعتمدة.",
        "ليس في الفقرة ١٢ مكرراً ما يحد من حق أي طرف في حفظ العينات.",
    ],
    "zh": [
        "沿海国应每两年向秘书处通报其调查结果。",
        "工作组关切地注意到，只有少数港口培训了检查人员。",
        "演习费用由自愿捐款支付，不得动用其他资金。",
        "各代表团可派两名观察员；第三名须经主席同意。",
        "东道国将在下届会议之前公布核准的实验室名单。",
        "第12条之二的任何规定均不限制缔约方在本国境内保存样品的权利。",
    ],
}
"""Sentences of each official language."""

CLAUSES: dict[str, list[str]] = {
    "en": [", where resources allow,", " and its partners", ", in particular in small ports,", " promptly"],
    "fr": [", dans la mesure du possible,", " et ses partenaires", ", notamment dans les petits ports,", " sans délai"],
    "es": [", en la medida de lo posible,", " y sus asociados", ", en particular en los puertos pequeños,", " pronto"],
    "ru": [", по мере возможности,", " и её партнёры", ", особенно в малых портах,", " безотлагательно"],
    "ar": ["، قدر الإمكان،", " وشركاؤه", "، ولا سيما في الموانئ الصغيرة،", " على وجه السرعة"],
    "zh": ["酌情", "及其伙伴", "，特别是在小港口，", "尽快"],
}
"""Insertions of each language."""

TRAPS = [
    *("a", "b", "so ", "e\u0301", "é", "\u0301", "\u0302", "1", "2", "1,5"),
    *(" ", "  ", "\n", "\r\n", "\r", "\t", "\u00a0", "\u3000", "\x00", "\x1b"),
    *(".", ",", "[", "]", "-", "'", "…", "—", "\u200d", "\u200c", "\u200f", "\u202e", "\ud800", "\udc00"),
    *("👩", "👩\u200d👩\u200d👧", "🇫🇷", "🇩", "1\ufe0f\u20e3", "한", "\u1112\u1161\u11ab"),
    *("中", "国", "か", "カ", "เก", "ี", "ำ", "ក្", "क्ष", "\u0600"),
]
"""Pieces that break careless programs."""


def hostile(rng: random.Random) -> str:
    """A short string of traps."""
    return "".join(rng.choice(TRAPS) for _ in range(rng.randint(0, 14)))


def text(rng: random.Random, language: str, sentences: int) -> str:
    """Paragraphs of one to four sentences."""
    parts: list[str] = []
    while sentences > 0:
        count = min(sentences, rng.randint(1, 4))
        blank = "" if language == "zh" else " "
        parts.append(blank.join(rng.choice(SENTENCES[language]) for _ in range(count)))
        sentences -= count
    return "\n\n".join(parts)


def _units(wording: str, language: str) -> list[str]:
    return list(wording) if language == "zh" else wording.split(" ")


def revise(rng: random.Random, wording: str, language: str, share: float) -> str:
    """Revise a text as a drafting group does.

    Args:
        rng: Where chance comes from.
        wording: The text.
        language: Its language.
        share: How much of it changes, from 0 to 1.

    Returns:
        The text with words changed, left out and put in, clauses put in, sentences moved, paragraphs joined or wrapped.
    """
    blank = "" if language == "zh" else " "
    vocabulary = [word for sentence in SENTENCES[language] for word in _units(sentence, language)]
    words: list[str] = []
    for word in _units(wording, language):
        chance = rng.random() / (share or 1)
        if chance > 0.6 or not share:
            words.append(word)
        elif chance < 0.15:
            continue
        elif chance < 0.35:
            words.append(rng.choice(vocabulary))
        elif chance < 0.45:
            words += [word, rng.choice(vocabulary)]
        elif chance < 0.5:
            words.append(word + rng.choice(CLAUSES[language]))
        else:
            words += [rng.choice(vocabulary) for _ in range(rng.randint(2, 9))]
    result = blank.join(words)
    if share and rng.random() < 0.3:
        parts = result.split("\n\n")
        parts.insert(rng.randrange(len(parts) + 1), parts.pop(rng.randrange(len(parts))))
        result = "\n\n".join(parts)
    if share and rng.random() < 0.2:
        result = result.replace("\n\n", blank or "\n", rng.randint(1, 3))
    if share and rng.random() < 0.2 and blank:
        result = "\n".join(" ".join(line) for line in _lines(result.split(" "), rng.randint(8, 14)))
    return result


def _lines(words: list[str], size: int) -> list[list[str]]:
    return [words[start : start + size] for start in range(0, len(words), size)]


def case(rng: random.Random) -> tuple[str, str]:
    """A pair of wordings: a revision in one of the languages, or hostile strings."""
    if rng.random() < 0.3:
        old = hostile(rng)
        cut = rng.randint(0, len(old))
        return (
            (old, old[:cut] + hostile(rng) + old[cut + rng.randint(0, 3) :])
            if rng.random() < 0.7
            else (old, hostile(rng))
        )
    language = rng.choice(list(SENTENCES))
    old = text(rng, language, rng.randint(1, 8))
    return old, revise(rng, old, language, rng.choice((0, 0.05, 0.2, 0.6, 1)))
