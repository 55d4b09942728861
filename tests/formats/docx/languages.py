"""One meeting in each official language, with sentences of our own: competing proposals, a move, units that come and
go, a footnote, subparagraphs."""

from pathlib import Path

from draftwg.desk import Desk
from draftwg.model.text import Section, Text, Unit

WORDS = {
    "en": ("Ice", "Logs", "States should keep the ice logs for five years.", "five", "ten", "The secretariat should report every year.",
           "Observers should be trained:\n(a) by day;\n(b) by night.", "Maps should show the ice[^1].\n[^1]: As seen from the bank.", "Sirens should be tested.", "yearly"),
    "fr": ("Glaces", "Registres", "Les États devraient conserver les registres pendant cinq ans.", "cinq", "dix", "Le secrétariat devrait faire rapport chaque année\u00a0; il l’a fait.",
           "Les observateurs devraient être formés\u00a0:\na) De jour\u00a0;\nb) De nuit.", "Les cartes devraient montrer la glace[^1].\n[^1]: Vue de la rive.", "Les sirènes devraient être essayées.", "tous les ans"),
    "es": ("Hielo", "Registros", "Los Estados deberían conservar los registros durante cinco años.", "cinco", "diez", "La secretaría debería informar cada año.",
           "Los observadores deberían capacitarse:\na) De día;\nb) De noche.", "Los mapas deberían mostrar el hielo[^1].\n[^1]: Visto desde la orilla.", "Las sirenas deberían probarse.", "anualmente"),
    "ru": ("Лёд", "Журналы", "Государствам следует хранить журналы в течение пяти лет.", "пяти", "десяти", "Секретариату следует докладывать каждый год.",
           "Наблюдателей следует обучать:\na) днем;\nb) ночью.", "Карты должны показывать лед[^1].\n[^1]: С берега.", "Сирены следует проверять.", "ежегодно"),
    "ar": ("الجليد", "السجلات", "ينبغي للدول أن تحتفظ بسجلات الجليد مدة خمس سنوات.", "خمس", "عشر", "ينبغي للأمانة أن تقدم تقريرا كل سنة إلى WMO.",
           "ينبغي تدريب المراقبين:\n(أ) نهارا؛\n(ب) ليلا.", "ينبغي أن تبين الخرائط الجليد[^1].\n[^1]: كما يُرى من الضفة.", "ينبغي اختبار الصفارات.", "سنويا"),
    "zh": ("冰情", "记录", "各国应保存冰情记录五年。", "五", "十", "秘书处应每年提出报告。", "应培训观测员：\n(a) 白天；\n(b) 夜间。", "地图应显示冰面[^1]。\n[^1]: 自岸边所见。", "应测试警报器。", "每年一次"),
}  # fmt: skip
TIME = "2031-05-06T{}+02:00"


def meeting(folder: Path, language: str) -> Desk:
    """The meeting, with everything that can happen to a text between its first and its second version."""
    one, two, keep, old, new, report, train, maps, sirens, yearly = WORDS[language]
    sections = (Section("A", "A", one, 1), Section("B", "B", two, 1))
    units = (
        Unit("u1", "1", keep, "A"),
        Unit("u2", "2", report, "A"),
        Unit("u3", "3", train, "B"),
        Unit("u4", "4", maps, "B"),
        Unit("u5", "5", sirens, "B"),
    )
    desk = Desk.found(folder, f"Group on {one}", "Port Maren", "2031-05-06/2031-05-08", at=TIME.format("09:00"))
    content = Text("text", f"{one}: {two}", sections, units, language=language)
    lines = train.split("\n")
    acts = [
        {"act": "import", "text": "text", "content": content},
        {"act": "issue", "symbol": "CISR/1", "status": "non-paper"},
        {"act": "open_reading", "reading": 1},
        {"act": "propose", "unit": "1", "by": "Brazil", "sponsors": ["Chile"], "replace": old, "with": new},
        {"act": "accept", "amendment": "A-1"},
        {"act": "propose", "kind": "new", "after": "2", "label": "2 bis", "by": "Peru", "text": f"{sirens}\n{report}"},
        {"act": "accept", "amendment": "A-2"},
        {"act": "propose", "kind": "move", "unit": "4", "after": "1", "by": "Norway"},
        {"act": "accept", "amendment": "A-3"},
        {"act": "propose", "unit": "5", "kind": "delete", "by": "Mexico"},
        {"act": "accept", "amendment": "A-4"},
        {"act": "propose", "unit": "3", "by": "Japan", "text": f"{lines[0]}\n{lines[2]}\n(c) {sirens}"},
        {"act": "accept", "amendment": "A-5"},
        {"act": "edit", "unit": "4", "text": maps.replace("[^1].", "[^1], etc.").replace("[^1]。", "[^1]，等。")},
        {"act": "propose", "unit": "2", "by": "Cuba", "text": f"{report} {yearly}."},
        {"act": "propose", "unit": "2", "by": "Ghana", "text": f"{report} {new}."},
        {"act": "propose", "unit": "1", "by": "Kenya", "replace": new, "with": f"{new} {yearly}"},
        {"act": "propose", "unit": "1", "by": "Japan", "replace": new, "with": f"{yearly} {old}"},
    ]
    desk.do_all([{**act, "at": TIME.format(f"10:{place:02}")} for place, act in enumerate(acts)])
    return desk
