"""Zotero's exports, arXiv Sanity Lite's database and PDFs."""

from __future__ import annotations

import os
import pickle
import sqlite3
from pathlib import Path

import pytest

from bookwheel.content.references.pdfs import read_pdfs
from bookwheel.content.references.read import read_references
from bookwheel.content.references.sanity import read_sanity
from bookwheel.content.references.zotero import read_zotero_csv, read_zotero_rdf
from hostile import HOSTILE

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:link="http://purl.org/rss/1.0/modules/link/">
<bib:Document rdf:about="http://arxiv.org/abs/1706.03762">
 <z:itemType>preprint</z:itemType>
 <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Vaswani</foaf:surname>
 <foaf:givenName>Ashish</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>
 <dc:subject>attention</dc:subject>
 <dc:subject><z:AutomaticTag><rdf:value>cs.CL</rdf:value></z:AutomaticTag></dc:subject>
 <dc:title>Attention Is All You Need</dc:title><dcterms:abstract>We propose.</dcterms:abstract>
 <dc:date>2017-06-12</dc:date>
</bib:Document>
<bib:Article rdf:about="#item_7"><z:itemType>journalArticle</z:itemType>
 <dcterms:isPartOf rdf:resource="urn:issn:0031-9007"/><dc:title>Radium</dc:title>
 <dc:identifier>DOI 10.1000/ABC</dc:identifier></bib:Article>
<bib:Journal rdf:about="urn:issn:0031-9007"><dc:title>Annals</dc:title></bib:Journal>
<z:Attachment rdf:about="#item_9"><z:itemType>attachment</z:itemType></z:Attachment>
<z:Collection rdf:about="#collection_1"><dc:title>Transformers</dc:title>
 <dcterms:hasPart rdf:resource="http://arxiv.org/abs/1706.03762"/></z:Collection>
</rdf:RDF>"""
CSV = (
    '"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url",'
    '"Extra","Manual Tags"\n"AB","preprint","2017","Vaswani, Ashish; Shazeer, Noam",'
    '"Attention Is All You Need","","","http://arxiv.org/abs/1706.03762",'
    '"arXiv:1706.03762 [cs]","attention; nlp"\n'
)


def test_zotero_rdf() -> None:
    found = read_references(RDF)
    first, second = found.entries
    assert (found.form, first.title, first.year) == (
        "zotero-rdf",
        "Attention Is All You Need",
        2017,
    )
    assert first.arxiv_id == "1706.03762" and first.authors == (("Vaswani", "Ashish"),)
    assert first.tags == ("Transformers", "attention", "cs.CL")
    assert (second.doi, second.venue, second.kind) == ("10.1000/abc", "Annals", "article")


def test_rdf_that_is_none_or_a_bomb() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    for text in ("<rdf", bomb, *HOSTILE):
        assert read_zotero_rdf(text).entries == ()


def test_zotero_csv() -> None:
    found = read_references(CSV)
    (entry,) = found.entries
    assert (found.form, entry.arxiv_id, entry.year) == ("zotero-csv", "1706.03762", 2017)
    assert entry.authors == (("Vaswani", "Ashish"), ("Shazeer", "Noam"))
    assert entry.tags == ("attention", "nlp")
    for text in HOSTILE:
        read_zotero_csv(f'"Key","Item Type","Title"\n"a","b","{text}"\n{text}')


def sanity_db(path: Path, **readers: bytes) -> Path:
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE tags (key TEXT PRIMARY KEY, value BLOB)")
        made.executemany("INSERT INTO tags VALUES (?, ?)", readers.items())
    made.close()
    return path


@pytest.mark.parametrize("protocol", [2, 4, 5])
def test_tags_of_arxiv_sanity_lite(tmp_path: Path, protocol: int) -> None:
    held = {"rl": {"1706.03762", "1810.04805"}, "nlp": {"1706.03762"}}
    path = sanity_db(
        tmp_path / "dict.db",
        karpathy=pickle.dumps(held, protocol),
        other=pickle.dumps({"x": {"2001.00001"}}, protocol),
    )
    found = read_sanity(path, "karpathy")
    assert [(entry.arxiv_id, sorted(entry.tags)) for entry in found.entries] == [
        ("1706.03762", ["nlp", "rl"]),
        ("1810.04805", ["rl"]),
    ]
    assert len(read_sanity(path).entries) == 3


class Runs:
    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch {self.file}",)


def test_a_pickle_runs_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    path = sanity_db(
        tmp_path / "dict.db",
        evil=pickle.dumps({"x": Runs(mark)}),
        broken=b"\x80\x04K\x01",
        good=pickle.dumps({"x": {"1706.03762"}}),
    )
    found = read_sanity(path)
    assert not mark.exists()
    assert [entry.arxiv_id for entry in found.entries] == ["1706.03762"]
    assert len(found.problems) == 2


def test_a_database_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"no database at all")
    assert read_sanity(tmp_path / "x.db").problems


def pdf(text: str) -> bytes:
    """A PDF of one page, with a line of text."""
    content = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            table,
            len(out),
        )
    )


def test_a_folder_of_pdfs(tmp_path: Path) -> None:
    (tmp_path / "rl").mkdir()
    (tmp_path / "rl" / "a.pdf").write_bytes(pdf("arXiv:1706.03762v5 [cs.CL] 6 Dec 2017"))
    (tmp_path / "b.PDF").write_bytes(pdf("https://doi.org/10.1000/xyz and text"))
    (tmp_path / "c.pdf").write_bytes(pdf("A Long Title About Radium and Wheels"))
    (tmp_path / "1810.04805v2.pdf").write_bytes(pdf("nothing"))
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    found = read_pdfs(tmp_path)
    assert {(entry.arxiv_id, entry.doi, entry.tags) for entry in found.entries} == {
        ("1706.03762", "", ("rl",)),
        ("", "10.1000/xyz", ()),
        ("", "", ()),
        ("1810.04805", "", ()),
    }
    assert "A Long Title About Radium and Wheels" in {entry.title for entry in found.entries}
    assert ["broken.pdf" in problem.reason for problem in found.problems] == [True]
