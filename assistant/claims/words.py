"""Words of a text with their stems: what the checks compare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

STOP_WORDS = frozenset(
    """a about above after again all already also although am among an and another any are as at away back be
    because been before being below between both but by can come could did do does doing done down during each
    either etc even ever every few for from further get go had has have having he her here hers herself him
    himself his how however i if in into is it its itself just least less made make many may me might more most
    much must my near nearly no nor not now of off on once only or other others our ours out over own part per
    perhaps quite rather really same shall she should since so some still such take than that the their theirs
    them themselves then there therefore these they this those though through thus to together too toward
    towards under until up upon us very was we well were what when where whether which while who whom whose why
    will with within without would yet you your yours s t ll ve re d m
    cannot never none neither nobody nothing according""".split()
)

IRREGULAR = dict(
    pair.split(":")
    for pair in """said:say told:tell thought:think held:hold met:meet led:lead left:leave gave:give given:give
    took:take taken:take came:come went:go gone:go made:make saw:see seen:see knew:know known:know grew:grow
    grown:grow fell:fall fallen:fall rose:rise risen:rise began:begin begun:begin became:become won:win lost:lose
    built:build bought:buy sold:sell sent:send spent:spend paid:pay kept:keep felt:feel found:find fought:fight
    brought:bring sought:seek taught:teach caught:catch ran:run wrote:write written:write spoke:speak
    spoken:speak broke:break broken:break chose:choose chosen:choose drove:drive driven:drive withdrew:withdraw
    withdrawn:withdraw drew:draw drawn:draw threw:throw thrown:throw shown:show stood:stand understood:understand
    lay:lie laid:lay meant:mean heard:hear dealt:deal stole:steal stolen:steal struck:strike sank:sink
    overthrew:overthrow undertook:undertake undertaken:undertake forbade:forbid forbidden:forbid froze:freeze
    frozen:freeze bore:bear borne:bear hid:hide hidden:hide arose:arise sworn:swear swore:swear men:man women:woman
    children:child people:person worse:bad worst:bad better:good best:good lives:life wives:wife dying:die died:die
    dead:die death:die shot:shoot fled:flee fed:feed swept:sweep bent:bend lent:lend strove:strive woke:wake
    flew:fly flown:fly ate:eat drank:drink sang:sing rode:ride rang:ring swam:swim tore:tear torn:tear wore:wear
    hung:hang slept:sleep crept:creep dug:dig clung:cling flung:fling stuck:stick stung:sting swung:swing
    analyses:analysis crises:crisis media:medium data:datum criteria:criterion""".split()
)

# Words that one writer uses where another uses the other. A group is a licence to paraphrase, not an
# identity: only words that can stand for each other in a report belong here.
_SYNONYMS = """
say tell state note remark comment add observe mention report declare announce explain claim assert argue contend
 maintain insist stress emphasize emphasise underline underscore highlight describe indicate suggest point
believe think feel consider view opinion see regard deem assess judge expect
increase rise grow growth climb gain expand
decrease fall drop decline shrink reduce diminish slump
large big major great huge considerable significant substantial
small little minor meager meagre slight insignificant negligible
buy purchase acquire procure
help assist aid assistance support back backing
begin start launch commence initiate open
end finish conclude stop halt cease close terminate
ask request urge call appeal press demand
country nation state
government cabinet administration authority regime
talk discuss discussion negotiation negotiate conversation dialogue
meeting meet session
problem issue difficulty trouble challenge
worry concern concerned fear anxious afraid
try seek attempt effort aim
important importance key crucial essential central
chief head leader lead director boss chair chairman president
kill die death fatality casualty
war conflict fighting hostilities
fight combat struggle battle
show demonstrate indicate reveal evidence
cause reason because due
result outcome consequence
plan intend intention propose proposal
build construct construction
choose select pick elect appoint name
leave depart departure exit
arrive arrival come
reject refuse refusal decline dismiss rebuff
agree agreement accord deal pact treaty
accept approve approval endorse
firm company enterprise business corporation
money fund funding cash finance
poor weak bad
worker employee staff personnel
job employment work post
unemployed jobless
newspaper paper daily
reporter journalist correspondent
town city municipality
road highway route
car vehicle automobile
ship vessel boat
pupil student
teacher instructor professor
doctor physician
lawyer attorney
soldier troop serviceman military army
border frontier boundary
crop harvest
cheap inexpensive affordable
costly expensive dear
rich wealthy affluent
quick fast rapid swift
annual yearly year
month monthly
percent percentage
near close nearby
receive get obtain
allow permit let enable
ban forbid prohibit bar
need require necessary requirement
ready willing prepared
detain arrest jail imprison custody
election vote poll ballot
former ex previous earlier
new fresh recent latest
delay postpone defer
sign conclude
visit trip travel
oppose opposition against resist
prisoner inmate detainee
intervene step intervention
event case
confrontation clash collision
officer policeman police
doubt sceptical skeptical scepticism skepticism
able capable competent
depend rely dependence reliance
complete finish completion
refer point cite
accusation charge allegation blame accuse
meet talk tell
shipment consignment delivery
stock reserve store
quay pier wharf
home domestic
refuse reject deny
improve improvement better
damage harm hurt
join enter accede accession membership
promise pledge vow commit commitment
warn caution warning
blame fault accuse
praise commend laud applaud
criticize criticise criticism
control run manage
give provide supply offer deliver grant
use employ utilize
live reside resident inhabitant
old elderly aged
whole entire total all overall
almost nearly virtually
split divide division
often frequent frequently
main chief principal primary
share portion proportion
earn make income
pay salary wage
price cost
gas oil
protest demonstration rally
resign resignation quit step
replace succeed successor
share proportion stake
ministry minister ministerial
embassy mission post
"""


class Word(NamedTuple):
    """A word as it stands in a text."""

    text: str
    start: int
    end: int
    stem: str

    @property
    def lower(self) -> str:
        """In small letters, with a plain apostrophe."""
        return self.text.lower().replace("’", "'")

    @property
    def counts(self) -> bool:
        """Whether it carries meaning of its own."""
        return self.stem not in STOP_WORDS and self.lower not in STOP_WORDS


_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[^\W\d_](?:\.[^\W\d_])+\.?")
_ABBREVIATED = re.compile(r"\b(?:[A-Za-z]\.){2,}")


@cache
def _stemmer() -> object:
    from nltk.stem.snowball import EnglishStemmer

    return EnglishStemmer()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a word in any case: 'negotiations' and 'negotiated' are both 'negoti'."""
    word = word.lower().replace("’", "'")
    if word.endswith("'s"):
        word = word[:-2]
    word = IRREGULAR.get(word, word)
    return str(_stemmer().stem(word))  # type: ignore[attr-defined]


def words(text: str) -> list[Word]:
    """All words of `text` in order; figures are none, 'U.S.' is one word."""
    found: list[Word] = []
    at = 0
    for match in _ABBREVIATED.finditer(text):
        found.extend(_plain_words(text, at, match.start()))
        found.append(Word(match[0], match.start(), match.end(), match[0].replace(".", "").lower()))
        at = match.end()
    found.extend(_plain_words(text, at, len(text)))
    return found


def _plain_words(text: str, start: int, end: int) -> Iterator[Word]:
    for match in _WORD.finditer(text, start, end):
        yield Word(match[0], match.start(), match.end(), stem(match[0]))


def content_stems(text: str) -> set[str]:
    """Stems of the words of `text` that carry meaning."""
    return {word.stem for word in words(text) if word.counts}


@cache
def _groups() -> dict[str, frozenset[str]]:
    alike: dict[str, set[str]] = {}
    line = ""
    for raw in [*_SYNONYMS.strip().splitlines(), ""]:
        if raw.startswith(" "):
            line += raw
            continue
        group = {stem(word) for word in line.split()}
        for member in group:
            alike.setdefault(member, set()).update(group)
        line = raw
    return {member: frozenset(group) for member, group in alike.items()}


def alike(one: str, other: str) -> bool:
    """Whether two stems can stand for each other."""
    if one == other or other in _groups().get(one, ()):
        return True
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= 5 and longer.startswith(shorter) and len(longer) - len(shorter) <= 4


def synonyms(of: str) -> frozenset[str]:
    """The stems that can stand for a stem, itself among them."""
    return _groups().get(of, frozenset()) | {of}


def any_alike(one: str, others: Iterable[str]) -> bool:
    """Whether a stem can stand for one of the others."""
    return any(alike(one, other) for other in others)
