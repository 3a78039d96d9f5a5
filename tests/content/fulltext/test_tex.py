"""TeX becomes the same structure: macros expanded, numbers resolved, nothing run."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.content.fulltext import archive
from bookwheel.content.fulltext.sandbox import read_bytes
from bookwheel.content.fulltext.tex import read_tex
from bookwheel.core.document import Block, Document, Kind, Mark
from bookwheel.errors import FullTextError, TooLargeError, UnreadableError
from hostile import HOSTILE


def paper(body: str, preamble: str = "") -> bytes:
    start = f"\\documentclass{{article}}\n{preamble}\n\\begin{{document}}\n"
    return f"{start}{body}\n\\end{{document}}\n".encode(errors="surrogatepass")


def packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return out.getvalue()


def blocks(document: Document) -> list[Block]:
    return [block for _, block in document.blocks()]


def texts(body: str, preamble: str = "") -> list[str]:
    return [block.text for block in blocks(read_tex(paper(body, preamble)))]


@pytest.mark.parametrize(
    ("preamble", "body", "text"),
    [
        ("", "One % comment\ntwo.", "One two."),
        ("", "50\\% of R\\&D, Erd\\H{o}s -- ``quoted''---yes", "50% of R&D, Erdős – “quoted”—yes"),
        (r"\newcommand{\x}[2][a]{#1-#2}", r"\x{b} \x[c]{d}", "a-b c-d"),
        (r"\def\pair#1,#2.{(#1;#2)}", r"\pair a,b.", "(a;b)"),
        (r"\let\old\emph \renewcommand{\vec}[1]{\mathbf{#1}}", r"$\vec{x}$", r"$\mathbf{x}$"),
        (r"\DeclareMathOperator{\im}{im}", r"$\im f$", r"$\operatorname{im}f$"),
        (r"\newif\ifdraft \drafttrue", r"\ifdraft yes\else no\fi", "yes"),
        (r"\newif\ifdraft", r"\ifdraft yes\ifx ab c\fi\else no\fi", "no"),
        (r"\newcommand{\R}{\ensuremath{\mathbb{R}}}", r"In \R\ and $\R^2$", None),
        (r"\usepackage{xspace}\newcommand{\us}{Wheel\xspace}", r"\us turns. \us.", None),
        ("", r"\parskip=2pt plus 1pt Words. \vskip 3em More.", "Words. More."),
        ("", r"\verb|a_b%| and \url{https://example.org/a%b_c}", None),
    ],
)
def test_text(preamble: str, body: str, text: str | None) -> None:
    special = {
        r"In \R\ and $\R^2$": r"In $\mathbb{R}$ and ${\mathbb{R}}^2$",
        r"\us turns. \us.": "Wheel turns. Wheel.",
        r"\verb|a_b%| and \url{https://example.org/a%b_c}": "a_b% and https://example.org/a%b_c",
    }
    assert texts(body, preamble) == [text or special[body]]


def test_structure() -> None:
    body = r"""
\title{On $n$ wheels} \author{Agostino Ramelli\\University of Rome \and Ada van der Berg}
\maketitle
\begin{abstract}We turn. We read.\end{abstract}
\section{Wheels}\label{s}
As in \cite{r,q} and Theorem~\ref{t}, see \eqref{e}\footnote{Truly.}.
\begin{equation}\label{e} a=b \end{equation}
\subsection{Spokes}
\begin{theorem}[Ramelli]\label{t} It turns. \end{theorem}
\begin{itemize}\item one \begin{enumerate}\item in\end{enumerate}\item[x] two\end{itemize}
\appendix
\section{Proofs}
Look at Section~\ref{s}.
\begin{thebibliography}{9}
\bibitem{q} Q. arXiv:1706.03762. \bibitem{r} R. doi:10.1000/x.
\end{thebibliography}"""
    document = read_tex(paper(body, r"\newtheorem{theorem}{Theorem}[section]"))
    assert document.title == "On $n$ wheels"
    assert document.authors == ("Agostino Ramelli", "Ada van der Berg")
    assert [block.text for block in document.abstract] == ["We turn. We read."]
    assert [(s.number, s.title, s.level, s.appendix) for s in document.sections] == [
        ("1", "Wheels", 1, False),
        ("1.1", "Spokes", 2, False),
        ("A", "Proofs", 1, True),
    ]
    found = blocks(document)[1:]
    assert [(block.kind, block.label, block.text, block.level) for block in found] == [
        (Kind.PARAGRAPH, "", "As in [2, 1] and Theorem 1.1, see (1).", 1),
        (Kind.FOOTNOTE, "1", "Truly.", 1),
        (Kind.EQUATION, "(1)", "$$a=b$$", 1),
        (Kind.THEOREM, "Theorem 1.1", "It turns.", 1),
        (Kind.ITEM, "•", "one", 1),
        (Kind.ITEM, "1.", "in", 2),
        (Kind.ITEM, "x", "two", 1),
        (Kind.PARAGRAPH, "", "Look at Section 1.", 1),
    ]
    targets = {span.mark: span.target for span in found[0].spans}
    assert targets[Mark.REF] == found[2].id
    assert targets[Mark.NOTE] == found[1].id
    assert targets[Mark.CITE] == "b1"
    assert [(one.arxiv_ids, one.dois) for one in document.references] == [
        (("1706.03762",), ()),
        ((), ("10.1000/x",)),
    ]


def test_floats(tmp_path: Path) -> None:
    body = r"""\section{W}
\begin{figure}[t]\includegraphics[width=1in]{figs/wheel}\caption{A wheel. It turns.}\end{figure}
\begin{table}\caption{Two}\begin{tabular}{lc}\hline Wheel & n \\ \hline
\multicolumn{2}{c}{all} \\ a & $x$ \\\hline\end{tabular}\end{table}
\begin{figure}\begin{subfigure}{3in}\includegraphics{figs/wheel.png}\caption{Left.}\end{subfigure}
\caption{Both.}\end{figure}"""
    document = read_bytes(
        packed({"main.tex": paper(body), "figs/wheel.png": b"png"}), folder=tmp_path
    )
    wheel, table, left, both = blocks(document)
    assert (wheel.label, wheel.text, len(wheel.sentences)) == (
        "Figure 1",
        "A wheel. It turns.",
        2,
    )
    (image,) = wheel.images
    assert (tmp_path / image.name).read_bytes() == b"png"
    assert table.rows == (("Wheel", "n"), ("all", ""), ("a", "$x$"))
    assert (table.kind, table.label, table.heads) == (Kind.TABLE, "Table 1", 1)
    assert (left.label, left.part_of) == ("Figure 2(a)", both.id)
    assert both.label == "Figure 2"


def test_packages() -> None:
    main = paper(r"\input{part}\bibliography{refs}")
    files = {
        "ms.tex": main,
        "part.tex": b"We turn \\cite{a}.",
        "ms.bbl": b"\\begin{thebibliography}{1}\\bibitem{a} A.\\end{thebibliography}",
        "supplement.tex": paper("Other."),
    }
    document = read_tex(packed(files))
    assert [block.text for block in blocks(document)] == ["We turn [1]."]
    assert [one.text for one in document.references] == ["A."]
    assert read_tex(gzip.compress(paper("Alone."))).sections[0].blocks[0].text == "Alone."
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)
    assert blocks(read_tex(out.getvalue())) == blocks(document)


def test_bib_files_stand_in_for_a_missing_bbl() -> None:
    entry = "@article{%s, author={Lovelace, Ada and Babbage, C.}, title={%s}, year=1843, %s}"
    files = {
        "ms.tex": paper(r"See \cite{b} and \cite{a}. \bibliography{refs}"),
        "refs.bib": "\n".join(
            [
                entry % ("a", "An Engine", "journal={Notes}"),
                entry % ("b", "A Loom", "eprint={1706.03762}"),
                entry % ("c", "Not Cited", ""),
            ]
        ).encode(),
    }
    document = read_tex(packed(files))
    assert [(one.label, one.text, one.arxiv_ids) for one in document.references] == [
        ("[1]", "Ada Lovelace and C. Babbage. A Loom. 1843. arXiv:1706.03762.", ("1706.03762",)),
        ("[2]", "Ada Lovelace and C. Babbage. An Engine. Notes, 1843.", ()),
    ]
    assert blocks(document)[0].text == "See [1] and [2]."


def test_what_may_not_be_unpacked_is_left_out() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name in ("../evil.tex", "/etc/evil.tex", "ms.tex"):
            member = tarfile.TarInfo(name)
            member.size = len(paper("Good."))
            tar.addfile(member, io.BytesIO(paper("Good.")))
        link = tarfile.TarInfo("link.tex")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    document = read_tex(out.getvalue())
    assert [block.text for block in blocks(document)] == ["Good."]
    assert len(document.warnings) == 3


def test_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST", 1 << 20)
    with pytest.raises(TooLargeError):
        read_tex(gzip.compress(b"\\section{x}" + b" " * (8 << 20)))
    with pytest.raises(TooLargeError):
        read_tex(packed({"a.tex": paper("x"), "b": b" " * (2 << 20)}))
    monkeypatch.setattr(archive, "MOST_FILES", 3)
    with pytest.raises(TooLargeError):
        read_tex(packed({f"{number}.tex": b"x" for number in range(5)}))


@pytest.mark.parametrize(
    "macros",
    [
        r"\def\a{\b\b}\def\b{\a\a}\a",
        r"\newcommand{\a}[1]{\b{#1#1}}\newcommand{\b}[1]{\a{#1#1}}\a{xx}",
        r"\def\a{\b x}\def\b{\a x}\a",
        "".join(
            f"\\def\\{c}{{{(chr(92) + d) * 20}}}"
            for c, d in zip("abcdefgh", "bcdefghi", strict=True)
        )
        + "\\def\\i{x}\\a",
    ],
)
def test_macros_without_end(macros: str) -> None:
    with pytest.raises(TooLargeError, match="without end"):
        read_bytes(paper(f"Text. {macros}"))


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(paper("x"))[:12],
        packed({"readme.md": b"x"}),
        packed({"a.tex": b"words"}),
        paper(""),
        paper("{" * 5_000 + r"\emph{" * 5_000),
    ],
    ids=["cut off", "no TeX", "no document", "empty", "deep"],
)
def test_unreadable(data: bytes) -> None:
    with pytest.raises(FullTextError):
        read_bytes(data)


def test_a_damaged_end_loses_only_the_end() -> None:
    whole = packed({"ms.tex": paper("Good."), "big": bytes(range(256)) * 400})
    document = read_tex(whole[:-40])
    assert [block.text for block in blocks(document)] == ["Good."]


def test_not_tex_inside() -> None:
    with pytest.raises(UnreadableError, match="PostScript"):
        read_tex(gzip.compress(b"%!PS-Adobe"))


_PIECES = [
    *HOSTILE,
    *[
        r"\begin{figure}",
        r"\end{figure}",
        r"\caption{c}",
        r"\begin{tabular}{l}",
        r"a&b\\",
        r"\end{tabular}",
        r"$",
        r"$$",
        r"\[",
        r"\]",
        r"{",
        r"}",
        r"\item",
        r"\begin{itemize}",
        r"\fi",
        r"\else",
        r"\iffalse",
        r"\def\x#1{#1}",
        r"\x",
        r"\cite{k}",
        r"\section{S}",
        r"\begin{align}",
        r"\verb|",
        r"#1",
        r"\begin{abstract}",
        r"\footnote{n}",
        r"\ref{r}",
        r"\\[2pt]",
        r"\csname",
        r"\newcommand",
        r"\end{itemize}",
    ],
]


@given(st.lists(st.sampled_from(_PIECES), max_size=12))
def test_hostile_tex(parts: list[str]) -> None:
    try:
        document = read_tex(paper("Whole.\n\n" + "\n".join(parts)))
    except FullTextError:
        return
    assert any("Whole." in block.text for block in (*blocks(document), *document.front))
    for block in blocks(document):
        assert all(0 <= s.start < s.end <= len(block.text) for s in block.sentences)
        assert all(0 <= s.start <= s.end <= len(block.text) for s in block.spans)
