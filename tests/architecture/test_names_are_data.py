"""Nothing that a person wrote reaches a reader as markup: each medium has one function that makes text of it, and all use it.

Streamlit reads nearly every text as Markdown: labels, tips and options too. So in ``optplan/web``, whatever is put where it does
must be a sentence of the catalogue (``say``), words made ``plain``, or something put together of these alone.
"""

import ast
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "optplan" / "web"
PRODUCT = WEB.parent
BODIES = {
    "markdown", "write", "caption", "title", "header", "subheader", "info", "warning", "error", "success", "toast", "badge", "spinner",
    "button", "download_button", "link_button", "form_submit_button", "checkbox", "toggle", "radio", "selectbox", "multiselect",
    "slider", "select_slider", "text_input", "text_area", "number_input", "date_input", "time_input", "file_uploader", "metric", "expander",
    "popover", "status", "segmented_control", "pills", "tabs", "chat_input", "camera_input", "file_field", "files_field",
}  # fmt: skip
OPTIONS = {"radio", "segmented_control", "pills"}  # their options are Markdown too; those of drop-down lists are text
WORDS = {"help", "label", "body", "text", "captions", "title", "caption"}  # by name, of any element
ELEMENTS = BODIES | {"page_link", "progress", "Page", "TextColumn", "SelectboxColumn", "CheckboxColumn", "NumberColumn"}
LABELS_ARE_TEXT = {"TextColumn", "SelectboxColumn", "CheckboxColumn", "NumberColumn"}
MAKERS = {"say", "plain", "Markdown"}
LOGS = {"log", "logging"}


def trees():
    return {path: ast.parse(path.read_text("utf-8")) for path in sorted(WEB.rglob("*.py"))}


def returning_markdown(found):
    """The functions of the page that mypy holds to return Markdown."""
    functions = [node for tree in found.values() for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return {node.name for node in functions if node.returns is not None and "Markdown" in ast.unparse(node.returns)}


class Reader:
    """Whether expressions of one function are put together of plain text and sentences of the catalogue."""

    def __init__(self, scopes, makers):
        self.scopes, self.makers, self.open = scopes, makers, set()

    def safe(self, node):
        match node:
            case None | ast.Constant():
                return True
            case ast.Call(func=ast.Name(id=name)) if name in {"say", "plain"} | self.makers - {"Markdown"}:
                return True
            case ast.Call(func=ast.Name(id="Markdown"), args=args):
                return all(map(self.safe, args))
            case ast.Call(func=ast.Name(id="map"), args=[ast.Name(id=name), *_]):
                return name in self.makers
            case ast.Call(func=ast.Attribute(attr="join", value=glue), args=[parts]):
                return self.safe(glue) and self.safe(parts)
            case ast.JoinedStr(values=parts):
                return all(map(self.safe, parts))
            case ast.FormattedValue(value=value):
                return self.safe(value)
            case ast.BinOp(left=left, right=ast.Constant(value=int())):
                return isinstance(left, ast.Name)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self.safe(left) and self.safe(right)
            case ast.IfExp(body=yes, orelse=no):
                return self.safe(yes) and self.safe(no)
            case ast.BoolOp(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
                return all(map(self.safe, parts))
            case ast.Starred(value=value) | ast.Subscript(value=value):
                return self.safe(value)
            case ast.Dict(values=values):
                return all(map(self.safe, values))
            case ast.ListComp(elt=each) | ast.GeneratorExp(elt=each):
                return self.safe(each)
            case ast.Lambda(body=body):
                return self.safe(body)
            case ast.Name(id=name):
                return self.known(name)
        return False

    def known(self, name):
        """Whether all that a name may stand for is safe: what is assigned to it, or a parameter that mypy holds to be Markdown."""
        if name in self.makers | {"say"} or name in self.open:
            return True
        self.open.add(name)
        try:
            return self.looked_up(name)
        finally:
            self.open.discard(name)

    def looked_up(self, name):
        for scope in reversed(self.scopes):
            given = [each.value for each in ast.walk(scope) if isinstance(each, ast.Assign) and target(each, name)]
            given += [each.value for each in ast.walk(scope) if isinstance(each, ast.AnnAssign) and named(each.target, name)]
            if isinstance(scope, ast.FunctionDef):
                for each in [*scope.args.args, *scope.args.kwonlyargs]:
                    if each.arg == name:
                        return each.annotation is not None and "Markdown" in ast.unparse(each.annotation)
            if given:
                return all(map(self.safe, given))
        return False


def named(node, name):
    return isinstance(node, ast.Name) and node.id == name


def target(node, name):
    return any(named(each, name) for each in node.targets)


def calls(node, scopes=()):
    """Every call with the scopes that it stands in."""
    for child in ast.iter_child_nodes(node):
        inner = (*scopes, child) if isinstance(child, (ast.FunctionDef, ast.Lambda)) else scopes
        if isinstance(child, ast.Call):
            yield child, inner
        yield from calls(child, inner)


def elements(func, scopes=()):
    """The names of the Streamlit elements that a call may draw, as well where a name stands for one of several."""
    match func:
        case ast.IfExp(body=yes, orelse=no):
            return elements(yes, scopes) | elements(no, scopes)
        case ast.Attribute(attr=name, value=owner):
            return set() if isinstance(owner, ast.Name) and owner.id in LOGS else {name} & ELEMENTS
        case ast.Name(id=name):
            own = [
                each.value for scope in scopes for each in ast.walk(scope) if isinstance(each, ast.Assign) and target(each, name)
            ]
            drawn = [
                each.attr
                for value in own
                for each in outcomes(value)
                if isinstance(each, ast.Attribute) and named(each.value, "st")
            ]
            return {name} & {"file_field", "files_field"} | (set(drawn) & ELEMENTS)
    return set()


def outcomes(node):
    """What an expression may stand for, where a condition decides."""
    return [*outcomes(node.body), *outcomes(node.orelse)] if isinstance(node, ast.IfExp) else [node]


def as_markdown(call, drawn):
    """What of a call Streamlit reads as Markdown."""
    if call.args and drawn & BODIES:
        yield from call.args[: 3 if "metric" in drawn else 1]  # of a metric the value and what it changed by as well
    for keyword in call.keywords:
        if keyword.arg == "help" or (keyword.arg in WORDS and not drawn & LABELS_ARE_TEXT):
            yield keyword.value
        if keyword.arg in {"value", "delta"} and "metric" in drawn:
            yield keyword.value
        if keyword.arg == "format_func" and drawn & OPTIONS and not named(keyword.value, "str"):
            yield keyword.value


def bare(found):
    makers = returning_markdown(found) | MAKERS
    for path, tree in found.items():
        for call, scopes in calls(tree):
            drawn = elements(call.func, scopes)
            for node in as_markdown(call, drawn) if drawn else ():
                if not Reader((tree, *scopes), makers).safe(node):
                    yield f"{path.name}:{node.lineno}: {ast.unparse(node)}"


def test_what_streamlit_reads_as_markdown_is_made_plain():
    assert list(bare(trees())) == []


@pytest.mark.parametrize(
    "written",
    ["st.markdown(plan.title)", "st.info(f'{say(1)} {name}')", "st.button(say('x'), help=row['name'])", "st.radio('x', a, format_func=label)", "st.metric(say('x'), figure)",
     "(st.error if bad else st.warning)(problem.message())", "x = plain(a)\nx = b\nst.write(x)", "def f(a):\n tone = st.info if a else st.error\n tone(a)"],
)  # fmt: skip
def test_a_bare_name_is_noticed(written):
    assert list(bare({Path("page.py"): ast.parse(written)}))


def test_elements_are_called_where_they_are_named():
    """Handed on as a value, what they are called with could not be seen."""
    for path, tree in trees().items():
        called = {id(part) for call in ast.walk(tree) if isinstance(call, ast.Call) for part in ast.walk(call.func)}
        called |= {id(part) for each in ast.walk(tree) if isinstance(each, ast.Assign) for part in outcomes(each.value)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and named(node.value, "st") and node.attr in BODIES:
                assert id(node) in called, f"{path.name}:{node.lineno}"


def test_html_is_escaped_in_one_place():
    """Our own HTML is written by the grid and the map, and by nobody else; nothing turns on HTML in Markdown."""
    for path, tree in trees().items():
        for call, _ in calls(tree):
            assert not any(keyword.arg == "unsafe_allow_html" for keyword in call.keywords), path
            if isinstance(call.func, ast.Attribute) and call.func.attr in {"html", "iframe", "components"}:
                assert path.name in {"grid.py", "map.py", "page.py", "file_field.py"}, path
    for path in PRODUCT.rglob("*.py"):
        if "import escape" in path.read_text("utf-8"):
            assert path.relative_to(PRODUCT).as_posix() in {
                "language/printable.py",
                "workbook/book.py",
                "console/sweep_progress.py",
            }


def test_terminals_are_written_to_in_one_place():
    for path in sorted((PRODUCT / "console").rglob("*.py")):
        if path.name not in {"terminal.py", "streams.py"}:
            written = path.read_text("utf-8")
            assert "rich.console" not in written.replace("    from rich.console import Console\n\n", ""), path
            assert "click.echo" not in written, path
            for part in ("stdout.write(", "stderr.write("):
                assert written.count(part) == (path.name == "output.py" and part == "stdout.write("), path  # the JSON document
