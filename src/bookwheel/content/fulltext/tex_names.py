r"""Names of TeX's commands that are alike to a reader, as plain data.

Leaves out: what is done with them (`tex_commands.py`).
"""

from __future__ import annotations


def commands(names: str) -> tuple[str, ...]:
    r"""Names as they stand in tokens, with their backslashes."""
    return tuple(f"\\{name}" for name in names.split())


# Of so many arguments only the last is text.
LAST_OF = {
    **dict.fromkeys(
        commands(
            """
            texorpdfstring hyperref makebox
            """
        ),
        1,
    ),
    **dict.fromkeys(
        commands(
            """
            textcolor colorbox scalebox rotatebox parbox raisebox adjustbox foreignlanguage
            """
        ),
        2,
    ),
    **dict.fromkeys(
        commands(
            """
            resizebox multirow fcolorbox
            """
        ),
        3,
    ),
}
# With so many arguments they say nothing to a reader.
DROPPED = {
    **dict.fromkeys(
        commands(
            """
            allowdisplaybreaks input@path footnotemark hline toprule midrule bottomrule
            """
        ),
        0,
    ),
    **dict.fromkeys(
        commands(
            """
            vspace hspace pagestyle thispagestyle bibliographystyle documentclass documentstyle
            hypersetup newlength color captionsetup phantom hphantom vphantom cline
            cmidrule linespread selectlanguage RequirePackage theoremstyle lstset tikzset
            usetikzlibrary titlerunning authorrunning pagenumbering geometry graphicspathx
            hyphenation index rowcolor cellcolor columncolor fontfamily sisetup shorttitle
            shortauthors tnotetext fnref corref pageref arrayrulecolor setstretch fancyhf
            fancyhead fancyfoot lhead rhead chead graphicsextension DeclareGraphicsExtensions
            pdfinfo urlstyle
            """
        ),
        1,
    ),
    **dict.fromkeys(
        commands(
            """
            setlength addtolength rule fontsize PassOptionsToPackage
            numberwithin newcolumntype markboth counterwithin newdefinition newproof
            DeclareUnicodeCharacter
            """
        ),
        2,
    ),
    **dict.fromkeys(
        commands(
            """
            definecolor addcontentsline crefname Crefname useunder DeclarePairedDelimiter
            """
        ),
        3,
    ),
    **dict.fromkeys(
        commands(
            """
            newtheoremstyle
            """
        ),
        9,
    ),
}
CITE = commands(
    """
    cite citep citet citealt citealp citeauthor citeyear citeyearpar parencite textcite autocite
    nocite Citet Citep footcite onlinecite supercite
    """
)
FRONT = commands(
    """
    affiliation affil address date keywords institute email ead institution pacs curraddr
    subjclass dedicatory subtitle
    """
)
MEASURE = commands(
    """
    vskip hskip kern vrule hrule looseness parskip parindent baselineskip tolerance hsize vsize
    textwidth textheight topmargin oddsidemargin evensidemargin hoffset voffset raise lower
    hangindent hangafter leftskip rightskip penalty columnsep emergencystretch tabcolsep
    headheight headsep footskip magnification arraycolsep leftmargin rightmargin itemsep parsep
    topsep clubpenalty widowpenalty hfuzz vfuzz mathsurround abovedisplayskip belowdisplayskip
    linewidth columnwidth fboxsep fboxrule
    """
)
