"""Sets a letter in Word, from a template in which only the published fields can stand."""

import io
from functools import cache
from xml.parsers import expat

from docx import Document
from docx.document import Document as DocumentOfWord
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import OpcError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from onroll.office.casework.letters import fields
from onroll.office.casework.letters.sheet import Sheet
from onroll.office.intake.reading.workbooks import Unreadable, parts_of

MACROS = "The Word template holds macros. Save it as .docx, without macros."
NOT_WORD = "This is not a Word document (.docx). Save it in Word as .docx."
DAMAGED = (
    "The Word template can't be used: it is damaged, protected by a password, or holds embedded "
    "files. Take them out in Word and save it again as .docx."
)
# What python-docx raises for a package that is not in order; lxml's own is a SyntaxError.
NOT_IN_ORDER = (
    OpcError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, SyntaxError,
    NotImplementedError,
)  # fmt: skip
# What a Word template may use beside the published fields: the letter itself, in parts.
PARTS = frozenset({"words", "subject", "sender", "address", "blocks", "block", "line", "draft"})
# Nothing that calls, filters or reaches into a value: a place for a value, a loop, a choice.
ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.For, nodes.If,
    nodes.Getattr, nodes.Compare, nodes.Operand, nodes.Const,
)  # fmt: skip


class UnsafeWord(ValueError):
    """A Word template that can't be used, with what to change."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """Fills a Word template; refuses, before anything runs, whatever is not a plain field."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed = super()._parse(source, name, filename)
        for node in parsed.find_all(nodes.Node):
            _check(node)
        for outer in parsed.find_all(nodes.For):
            _check_inside(outer)
        return parsed


def _check(node: nodes.Node) -> None:
    if not isinstance(node, ALLOWED):
        raise UnsafeWord(
            "The Word template holds an instruction that can't be used. Use only fields from the "
            "list, such as {{ child_name }} and {{ words }}."
        )
    if isinstance(node, nodes.Name) and node.name not in PARTS | fields.BY_KEY.keys():
        raise UnsafeWord(
            f"The Word template has a field “{node.name}” that is not in the list. Correct it."
        )
    if isinstance(node, nodes.For) and not _goes_through_the_letter(node.iter):
        raise UnsafeWord("The Word template may only repeat {{ blocks }} and the lines of a block.")
    is_part = isinstance(node, nodes.Getattr) and node.attr in {"kind", "lines", "text"}
    if isinstance(node, nodes.Getattr) and not is_part:
        raise UnsafeWord(f"The Word template asks for “{node.attr}”, which is no field.")


def _goes_through_the_letter(through: nodes.Node) -> bool:
    # Nothing else is short enough that repeating it inside itself can't fill the memory.
    if isinstance(through, nodes.Getattr):
        return through.attr == "lines"
    return isinstance(through, nodes.Name) and through.name == "blocks"


def _check_inside(outer: nodes.For) -> None:
    # The blocks once, and the lines of each once: a loop in a loop multiplies the letter.
    is_blocks = isinstance(outer.iter, nodes.Name)
    for inner in outer.find_all(nodes.For):
        if not is_blocks or isinstance(inner.iter, nodes.Name):
            raise UnsafeWord(
                "The Word template repeats something inside a repetition. Only the lines of a "
                "block may be repeated inside {{ blocks }}."
            )


def as_word(sheet: Sheet, values: dict[str, str], template: bytes | None = None) -> bytes:
    """Return the letter as a Word file. Raises UnsafeWord when the template can't be used."""
    opened = DocxTemplate(io.BytesIO(template or default_word()))
    words = [sheet.greeting, *("\n".join(block.lines) for block in sheet.blocks)]
    context: dict[str, object] = {field.key: values.get(field.key, "") for field in fields.FIELDS}
    context |= {
        "authority": sheet.authority,
        "today": sheet.day,
        "our_reference": sheet.reference,
        "greeting": sheet.greeting,
        "subject": sheet.subject,
        "sender": "\n".join(sheet.sender),
        "address": "\n".join(sheet.address),
        "blocks": [
            {"kind": b.kind, "lines": list(b.lines), "text": "\n".join(b.lines)}
            for b in sheet.blocks
        ],
        "words": "\a".join(words),  # each in a paragraph of its own
        "draft": "DRAFT: not issued" if sheet.is_draft else "",
    }
    sandbox = _Sandbox(autoescape=True, undefined=StrictUndefined)
    try:
        opened.render(context, jinja_env=sandbox, autoescape=True)
    except (TemplateError, SyntaxError, RecursionError) as error:
        # What lxml raises for broken XML is a SyntaxError.
        raise UnsafeWord(
            "The Word template can't be read. Type each field in one go, as {{ child_name }}."
        ) from error
    properties = opened.docx.core_properties
    properties.title, properties.author = sheet.subject, sheet.authority
    properties.language = "en-GB"
    made = io.BytesIO()
    opened.save(made)
    return made.getvalue()


def check_word(content: bytes, sheet: Sheet) -> None:
    """Raise UnsafeWord unless a Word template can be used; `sheet` is an example letter."""
    try:
        parts = parts_of(content)
    except Unreadable as error:
        if b"vbaProject" in content:
            raise UnsafeWord(MACROS) from error
        raise UnsafeWord(DAMAGED if content.startswith(b"PK") else NOT_WORD) from error
    if "word/document.xml" not in parts:
        raise UnsafeWord(NOT_WORD)
    for name, part in parts.items():
        if name.lower().endswith((".xml", ".rels", ".vml", ".svg")):
            _check_part(part)
    try:
        as_word(sheet, dict(fields.EXAMPLES), content)
    except UnsafeWord:
        raise
    except NOT_IN_ORDER as error:
        raise UnsafeWord(NOT_WORD) from error


def _check_part(part: bytes) -> None:
    """Parse one part as XML, so that no spelling or encoding hides what it says."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = _check_element
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, UnsafeWord):
            raise
        raise UnsafeWord(DAMAGED) from error


def _refuse_doctype(*_: object) -> None:
    raise UnsafeWord(
        "The Word template holds a document type declaration, which Word never writes. Save it "
        "again in Word as .docx."
    )


def _check_element(name: str, attributes: dict[str, str]) -> None:
    mode = attributes.get("TargetMode", "").strip().lower()
    if name.rsplit(" ", 1)[-1] == "Relationship" and mode == "external":
        raise UnsafeWord(
            "The Word template fetches something from outside (a linked picture, template or "
            "address). Put pictures into the file, and remove the link."
        )
    if "macroenabled" in attributes.get("ContentType", "").lower():
        raise UnsafeWord(MACROS)


@cache
def default_word() -> bytes:
    """Return the Word template that is used where a template of letters has none of its own."""
    made = Document()
    _plainly(made, "Normal", 12, is_bold=False)
    _plainly(made, "Heading 1", 13)
    _plainly(made, "Heading 2", 12)
    made.styles["Normal"].paragraph_format.space_after = Pt(10)
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(18), Mm(20)
    name = made.add_paragraph()
    run = name.add_run("{{ authority }}\n")
    run.bold, run.font.size, run.font.color.rgb = True, Pt(17), RGBColor(0x1D, 0x4F, 0x60)
    name.add_run("{{ draft }}").bold = True
    sender = made.add_paragraph("{{ sender }}")
    sender.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    sender.runs[0].font.size = Pt(9)
    sender.paragraph_format.line_spacing = 1
    _place(sender, x=118, y=18, width=72, height=32, wrap="around")
    # Where the window of a DL or C5 envelope shows it.
    _place(made.add_paragraph("{{ address }}"), x=20, y=50, width=90, height=36, wrap="notBeside")
    day = made.add_paragraph("{{ today }}\nOur reference: {{ our_reference }}")
    day.paragraph_format.space_before = Mm(58)
    made.add_paragraph("{{ greeting }}")
    made.add_heading("{{ subject }}", level=1)
    made.add_paragraph("{%p for block in blocks %}")
    made.add_paragraph('{%p if block.kind == "list" %}')
    made.add_paragraph("{%p for line in block.lines %}")
    made.add_paragraph("{{ line }}", style="List Bullet")
    made.add_paragraph("{%p endfor %}")
    made.add_paragraph('{%p elif block.kind == "heading" %}')
    made.add_heading("{{ block.text }}", level=2)
    made.add_paragraph('{%p elif block.kind == "closing" %}')
    made.add_paragraph("{{ block.text }}").paragraph_format.space_after = Pt(44)
    made.add_paragraph("{%p else %}")
    made.add_paragraph("{{ block.text }}")
    made.add_paragraph("{%p endif %}")
    made.add_paragraph("{%p endfor %}")
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def _plainly(made: DocumentOfWord, style: str, size: float, *, is_bold: bool = True) -> None:
    font = made.styles[style].font
    font.name, font.size, font.bold, font.color.rgb = "Arial", Pt(size), is_bold, RGBColor(0, 0, 0)
    fonts = made.styles[style].element.rPr.rFonts
    for script in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{script}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), "Arial")


def _place(
    paragraph: Paragraph, *, x: float, y: float, width: float, height: float, wrap: str
) -> None:
    """Put a paragraph at a place on the page, in millimetres."""
    frame = OxmlElement("w:framePr")
    for key, value in {
        "w": Mm(width).twips, "h": Mm(height).twips, "hRule": "atLeast", "wrap": wrap,
        "vAnchor": "page", "hAnchor": "page", "x": Mm(x).twips, "y": Mm(y).twips,
    }.items():  # fmt: skip
        frame.set(qn(f"w:{key}"), str(value))
    paragraph.paragraph_format.element.get_or_add_pPr().insert_element_before(
        frame, "w:widowControl", "w:numPr", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
