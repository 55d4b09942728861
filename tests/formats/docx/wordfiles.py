"""Word files made by hand for tests: the least that is one."""

from draftwg.formats.docx.package import write_package

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def parts(body: str, **others: str) -> dict[str, str | bytes]:
    """The parts of a file with this body; others by kind: comments='<w:comment …/>'."""
    kinds = {"comments": "comments", "footnotes": "footnotes", "styles": "styles", "numbering": "numbering"}
    links = "".join(
        f'<Relationship Id="r{place}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>' for place, kind in enumerate(others)
    )
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{TYPE}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="a" Type="{OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELS}">{links}</Relationships>',
        **{
            f"word/{kind}.xml": f'<w:{kinds[kind]} xmlns:w="{W}">{words}</w:{kinds[kind]}>'
            for kind, words in others.items()
        },
    }


def word_file(body: str, **others: str) -> bytes:
    """The file itself."""
    return write_package(parts(body, **others))


def p(*runs: str, mark: str = "", properties: str = "") -> str:
    """A paragraph; runs that are no XML are made into one; `mark` is the revision of its end."""
    end = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    inside = "".join(run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    return f"<w:p><w:pPr>{properties}{end}</w:pPr>{inside}</w:p>"


def ins(words: str, by: str = "Peru", id: int = 1) -> str:
    return f'<w:ins w:id="{id}" w:author="{by}" w:date="2031-05-06T10:00:00Z"><w:r><w:t>{words}</w:t></w:r></w:ins>'


def dele(words: str, by: str = "Peru", id: int = 2) -> str:
    return f'<w:del w:id="{id}" w:author="{by}"><w:r><w:delText xml:space="preserve">{words}</w:delText></w:r></w:del>'
