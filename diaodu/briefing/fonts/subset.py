"""Making the embedded fonts from Debian's full ones: GB2312 plus the signs documents use, under their OFL licences."""

import sys
from pathlib import Path

from fontTools import subset

SOURCES = {
    "serif-regular.otf": (
        "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
        "Noto Serif CJK SC",
        "Diaodu Song",
    ),
    "serif-bold.otf": ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC", "Diaodu Song"),
    "kai-regular.ttf": ("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", "LXGW WenKai", "Diaodu Kai"),
}
"""File to write: where the full font is, its family, and the family of the cut one (OFL §3: not a reserved name)."""
SIGNS = "㎡㎏㎞㎜㎝㏄℃℉‰‱①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳〔〕〇—–…·•“”‘’×÷±≤≥≠≈∞√√%¥￥€£†‡§※□■△▲▽▼○●◎◇◆☆★→←↑↓↗↘√✓✗²³"


def characters() -> set[int]:
    """ASCII, Latin-1, full-width forms, every GB2312 character, and the signs above."""
    wanted = {*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0xFF01, 0xFF5F), *(ord(c) for c in SIGNS)}
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                wanted.add(ord(bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return wanted


def face_number(path: str, family: str) -> int:
    """The place of `family` in a collection; 0 in a file with one face."""
    if not path.endswith(".ttc"):
        return 0
    collection = subset.ttLib.TTCollection(path, lazy=True)
    return next(i for i, font in enumerate(collection.fonts) if font["name"].getBestFamilyName() == family)


def rename(font: subset.ttLib.TTFont, family: str) -> None:
    """Give the cut font its own names; copyright and licence stay as they were."""
    style = font["name"].getDebugName(2)
    postscript = f"{family.replace(' ', '')}-{style}"
    for record in list(font["name"].names):
        if record.nameID in (1, 3, 4, 6, 16, 17, 21, 22, 25):
            font["name"].removeNames(nameID=record.nameID)
    for number, text in ((1, family), (3, postscript), (4, f"{family} {style}"), (6, postscript)):
        font["name"].setName(text, number, 3, 1, 0x409)
    if "CFF " in font:
        font["CFF "].cff.fontNames = [postscript]
        top = font["CFF "].cff.topDictIndex[0]
        top.FamilyName, top.FullName = family, f"{family} {style}"


def make(folder: Path) -> None:
    """Write the three subsets into `folder`."""
    options = subset.Options(
        layout_features=["*"],
        name_IDs=["*"],
        name_languages=[0x409],
        notdef_outline=True,
        hinting=False,
        drop_tables=["FFTM"],
    )
    for name, (path, family, own) in SOURCES.items():
        options.font_number = face_number(path, family)
        font = subset.load_font(path, options)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=characters())
        cutter.subset(font)
        rename(font, own)
        subset.save_font(font, folder / name, options)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
