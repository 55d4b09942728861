"""The fixed parts of our Word files: styles, settings, footer (ECMA-376-1, 17.7, 17.15, 17.10)."""

from draftwg.formats.docx.package import R, W

LANGUAGES = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ru": "ru-RU", "ar": "ar-SA", "zh": "zh-CN"}
"""The language tags of Word for the official languages."""

_SERIF = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="SimSun" w:cs="Times New Roman"/>'


def styles(language: str) -> str:
    """styles.xml; `language` is the tag of the text."""
    tag = LANGUAGES.get(language.split("-")[0], language)
    western = tag if tag[:2] not in ("ar", "zh") else "en-GB"
    lang = f'<w:lang w:val="{western}" w:eastAsia="{tag if tag[:2] == "zh" else "zh-CN"}" ' + (
        f'w:bidi="{tag if tag[:2] in ("ar", "fa", "he", "ur") else "ar-SA"}"/>'
    )
    own = [
        _style("Normal", "Normal", '<w:spacing w:after="120" w:line="260" w:lineRule="atLeast"/>', default=True),
        _style("Title", "Title", '<w:keepNext/><w:spacing w:before="240" w:after="240"/>', _bold(32)),
        *(
            _style(
                f"Heading{level}",
                f"heading {level}",
                f'<w:keepNext/><w:spacing w:before="{max(120, 320 - 40 * level)}" w:after="100"/>'
                f'<w:outlineLvl w:val="{level - 1}"/>',
                _bold(max(20, 30 - 3 * level)),
            )
            for level in range(1, 10)
        ),
        _style("Masthead", "Masthead", '<w:spacing w:after="40" w:line="240" w:lineRule="auto"/>'),
        _style("Note", "Note", '<w:spacing w:after="120"/>', "<w:i/><w:iCs/>"),
        _style("FootnoteText", "footnote text", '<w:spacing w:after="40"/>', '<w:sz w:val="18"/><w:szCs w:val="18"/>'),
        _style("CommentText", "annotation text", '<w:spacing w:after="0"/>', '<w:sz w:val="20"/><w:szCs w:val="20"/>'),
        _style("Footer", "footer", '<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="808080"/></w:pBdr>'
               '<w:tabs><w:tab w:val="right" w:pos="9070"/></w:tabs>', '<w:sz w:val="17"/><w:szCs w:val="17"/>'),
        '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/>'
        '<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="108" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
    ]  # fmt: skip
    return (
        f'{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{_SERIF}'
        f'<w:sz w:val="22"/><w:szCs w:val="24"/>{lang}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        f"{''.join(own)}</w:styles>"
    )


def settings() -> str:
    """settings.xml: whoever writes in the file writes in tracked changes."""
    return f'{HEAD}<w:settings xmlns:w="{W}"><w:trackRevisions/><w:defaultTabStop w:val="567"/></w:settings>'


def footer(left: str) -> str:
    """footer1.xml: a word on the left, the number of the page on the right; `left` is XML text."""
    page = "".join(
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {field} </w:instrText>'
        f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{behind}'
        for field, behind in (("PAGE", "<w:r><w:t>/</w:t></w:r>"), ("NUMPAGES", ""))
    )
    return (
        f'{HEAD}<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t>{left}</w:t></w:r>'
        f"<w:r><w:tab/></w:r>{page}</w:p></w:ftr>"
    )


HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'


def _style(id: str, name: str, paragraph: str, run: str = "", *, default: bool = False) -> str:
    normal = ' w:default="1"' if default else ""
    based = "" if default else '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>'
    return (
        f'<w:style w:type="paragraph"{normal} w:styleId="{id}"><w:name w:val="{name}"/>'
        f"{based}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _bold(half_points: int) -> str:
    return f'<w:b/><w:bCs/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
