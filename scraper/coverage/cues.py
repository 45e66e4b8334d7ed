"""What speaks for and against a story being about a report on children's services: words and weights.

Every cue is a name for people, a pattern, and points in the headline and below it. A story is in scope from
`THRESHOLD` points on. The weights are round on purpose: they are judgements, not fitted figures.
"""

import re
from dataclasses import dataclass

THRESHOLD = 3.0


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern, what it stands for in words, and its points in the headline and in the text below."""

    name: str
    pattern: re.Pattern[str]
    head: float
    body: float


def _cue(name: str, pattern: str, head: float, body: float = 0.0) -> Cue:
    return Cue(name, re.compile(pattern), head, body)


SERVICES = re.compile(
    r"child(?:ren)?(?:'?s)? (?:social (?:care )?|care )?services?|child(?:ren)?(?:'?s)? social care"
    r"|child(?:ren)?(?:'?s)? (?:and families )?(?:services )?trust|children first|children and families trust"
    r"|services (?:for|protecting|to) (?:(?:its|our|the|most)? ?vulnerable )?children|together for children"
    r"|vulnerable (?:\w+ )?(?:children|kids|youngsters)|child protection|child(?:ren)?'?s care\b"
    r"|care services"
    r"|child(?:ren)?'?s department|social services|\bsocial workers?\b|\bcare leavers\b|\bleaving care\b"
    r"|\bprotect(?:s|ing)? (?:\w+ ){0,2}children\b|\bchild(?:ren)?(?:'s)? safeguarding\b"
    r"|\b(?:keep|kept)(?:s|ing)? (?:\w+ )?children safe\b|\bchildren (?:[\w']+ ){0,4}'?at (?:\w+ )?risk\b"
    r"|\bchildren in (?:care|need)\b|\blooked[ -]after children\b|\bwork with children\b"
    r"|(?:achieving|brighter futures) for children|(?:services|care) (?:protecting"
    r"|for) (?:the )?most vulnerable"
    r"|(?<!adult )\bsocial care\b"
)
"""A council's children's services, by their names."""

FOR = (
    _cue("names Ofsted", r"\bofsted\b", 1.5, 0.5),
    _cue("speaks of a watchdog or inspectors", r"\bwatchdog|\binspectors?\b|\binspections?\b", 0.75, 0.25),
    _cue("names children's services", SERVICES.pattern, 1.5, 0.5),
    _cue(
        "gives a verdict",
        r"\brat(?:ed|es|ing)\b|\bgraded\b|\bjudged\b|\binadequate\b|\binadequacy\b|\boutstanding\b"
        r"|requires? improvement"
        r"|\b'?good'?\b|\bdamning\b|\bslam(?:med|s)?\b|\bprais|\bfail|\bimprov|\bprogress|\bfind(?:s|ings?)\b"
        r"|\brecogni[sz]e|\bhighlights?\b|\bwarns?\b|\bweakness|\bdeteriorat|\bturn(?:s|ing|ed)?[ -]?around"
        r"|\btransformation\b|\buplifts?\b|\bverdict\b|\bat risk\b|\bmilestones?\b|\bcriticis|\baccuses?\b"
        r"|\bcommend|\bhail(?:s|ed)?\b|\bpleased with\b|\blet(?:s|ting)? down\b|\btop (?:marks|grade|rating)"
        r"|\b(?:ofsted|inspectors?|watchdog) (?:says?|said|tells?|told)\b|\bheadway\b|\bstrides\b"
        r"|\bsa(?:y|ys|id) (?:ofsted|inspectors|watchdog)|\bthumbs up\b|\bbetter\b|\bapologis"
        r"|\bwhat (?:they|inspectors|ofsted) (?:found|said)\b"
        r"|\baccording to (?:ofsted|inspectors|the watchdog)\b"
        r"|\bpositive\b|\bshortcomings\b|\breport(?:s|ed)?\b|\bconcerns?\b|\bamong (?:the )?best\b",
        1.0,
        0.25,
    ),
    _cue(
        "tells of a grade",
        r"\b(?:re-?)?(?:rated|judged|graded|branded|deemed|remains?|downgraded|upgraded"
        r"|named) (?:as )?['\"]?(?:good|outstanding"
        r"|inadequate|requir\w+ improvement)|\binadequate['\"]?[ -](?:rating|rated|judge?ment)"
        r"|\b(?:services?|care|trust|department)(?: (?:is|are|still|now|found|given|earns?|handed))*"
        r" ['\"]?(?:good|outstanding|inadequate|requires? improvement)\b|\btop (?:marks|grade|rating)\b"
        r"|^['\"](?:good|outstanding|inadequate)['\"]|['\"]requires? improvement\b|\binadequate services\b"
        r"|\bno longer (?:rated )?['\"]?inadequate"
        r"|\b(?:good|outstanding)['\"]? (?:ofsted )?rating|\brating from ofsted|\bto ['\"]?(?:good"
        r"|outstanding)\b|\bofsted rating\b"
        r"|\bare ['\"]?(?:good|outstanding|inadequate)\b|\brat(?:es|ed) [\w' ]{0,60}(?:good|outstanding"
        r"|inadequate)\b",
        1.0,
        0.25,
    ),
    _cue("names a council", r"\bcouncil'?s?\b|\bauthority\b|\bcounty'?s?\b|\bcity'?s\b|\bborough\b", 0.25),
    _cue(
        "speaks of a monitoring or focused visit",
        r"\bmonitoring (?:visit|report|letter|inspection)|\bfocus(?:s?ed)? visit|\bassurance visit|\bilacs\b"
        r"|inspect(?:ing|ion of) (?:[\w' ]+ )?local authority children"
        r"|\b(?:latest|final|recent|third|fourth|fifth|second|positive) (?:\w+ )?visit\b|\bcouncil visit\b",
        1.5,
        1.0,
    ),
    _cue("tells that the report is out", r"\b(?:report|letter|findings|outcome|result)s? (?:\w+ ){0,2}"
         r"(?:published|released|made public|out)\b|\bour (?:statement|response)\b"
         r"|\bresponds? to\b", 1.0, 0.5),
)  # fmt: skip

AGAINST = (
    _cue(
        "a school, nursery or childminder",
        r"\bschools?\b|\bacadem(?:y|ies)\b|\bpupils?\b|\bhead ?teachers?\b|\bnurser(?:y|ies)\b"
        r"|\bchild ?minders?\b"
        r"|\bsixth form|\buniversit|\btraining provider|\bapprentice|\beducational trust\b|\btuition\b"
        r"|\bpre-?school|\bclassroom|\bsingle-word\b|\bone-word\b|\bcolleges?\b|\bds school\b|\bteachers?\b",
        -4.0,
        -0.4,
    ),
    _cue(
        "another regulator",
        r"\bcqc\b|care quality commission|\bhmicfrs\b|\bconstabulary\b|\badult social care\b|\bcare home\b"
        r"|national child protection|\bprobation\b|\bresidential home\b|\byouth justice\b"
        r"|\bombudsman\b|\bpeer review|\b(?:serious case|safeguarding) (?:practice )?review",
        -4.0,
        -0.5,
    ),
    _cue(
        "a children's home, fostering or adoption agency",
        r"children'?s homes?\b|\bfostering (?:service|agenc)|\badoption (?:service|agenc)"
        r"|\binspection of adoption|\bunregistered\b|\bregional adoption\b|\bsupported accommodation\b"
        r"|\bsecure (?:home|unit|training)",
        -4.0,
        -0.25,
    ),
    _cue(
        "not out yet",
        r"\bto (?:re-?)?inspect\b|\bto be (?:re-?)?inspected\b|\breturn(?:s|ing)? to (?:re-?)?inspect"
        r"|\b(?:may|will|could) (?:be )?(?:re-?)?inspect|\bbegin(?:s|ning)? (?:an? |its |their )?inspection"
        r"|\binspection (?:is )?(?:begins|starts|started|under ?way|complete[d]?|announced|to start)\b"
        r"|\binspectors (?:come|arrive|are) (?:to|in|due)\b|\b(?:is|are) due\b|\bexpected (?:next|this"
        r"|soon|in)\b"
        r"|\breport due\b|\bprepares? for\b|\bbraced? for\b|\bbraces? (?:itself )?for\b|\bwill judge\b"
        r"|\binspectors to return\b|\binspectors (?:at|arrive|descend|set)\b|\bbegins inspection\b"
        r"|\bnext (?:week|month)\b|\bto learn (?:its )?fate\b|\bawait|\bbefore the end of\b|\bnotified of\b",
        -4.0,
        -0.25,
    ),
    _cue(
        "government, direction or commissioner",
        r"\bdirection (?:issued|to)\b|\bdirections\b|\bcommissioner'?s?\b|\bdepartment for education\b"
        r"|\bdfe\b"
        r"|\bgovernment\b|\bminister\b|\bretain control\b|\bexpert help\b|\bneeds? oversight\b"
        r"|\bstripped of\b|\bimprovement notice\b|\b(?:sent|steps?|stepped) in\b"
        r"|\bto be (?:run|taken|stripped|handed|transferred)\b|\btakes? over\b|\bback in[- ]house\b",
        -3.0,
        -0.25,
    ),
    _cue(
        "a meeting, plan, post or leaflet",
        r"\bcabinet\b|\bto be presented\b|\bannual review\b|\bto discuss\b|\btransformation plan\b"
        r"|\bjobs?\b|\bvacanc"
        r"|\baction plan\b|\b(?:publish|approve|agree|unveil|back)\w* (?:\w+ )?improvement plan\b"
        r"|\bto (?:spend|invest)\b|\bspends\b|\bnew director\b|\bof the year\b"
        r"|\bperformance measure\b|\blocal spotlight\b|\bhighs and lows\b|\bwebinar\b|\bcareers?\b"
        r"|\bsocial work in\b"
        r"|\b(?:social care|ofsted) improvement(?: \.|$)|\bcouncil to (?:improve|discuss|consider|hear)\b"
        r"|\b(?:challenging|difficult|past) year\b|\byears? on\b(?=[:,])|^\w+ years? on\b"
        r"|\byears of\b.{0,20}\bbehind\b",
        -3.0,
    ),
    _cue(
        "guidance or a national programme",
        r"\bguidance\b|\bhandbook\b|\bframework\b|\bconsultation\b|\bthemes\b|\blaunched\b|\bmust know\b"
        r"|\bfor practitioners\b|\ball inspections\b|\bnational(?:ly)?\b|\bannual report\b"
        r"|\b(?:of|more|all|most) councils\b|\bacross england\b|\broutine inspections\b|\bto scrap\b"
        r"|\bscrap(?:s|ped)\b",
        -3.0,
    ),
    _cue(
        "opinion or politics",
        r"\bopinion\b|\bcolumnists?\b|\breaders letters\b|\bviewpoint\b|\bmust go\b"
        r"|\bfallout\b|\bletter:|\bcomment\b|\bsays:|\bopposition\b|\bopposes?\b|\bclaims? (?:opposition"
        r"|\w+ leader)"
        r"|\bblog\b|\bsense of shame\b|\bdeja vu\b|\byears of failure\b",
        -2.5,
    ),
    _cue(
        "money, posts, strikes or the law",
        r"\bdebates?\b|\bquits?\b|\bresign|\bsteps? down\b|\bappoint|\bhow much\b|\b(?:has|have) cost\b"
        r"|\bbudgets?\b|\boverspen|\bstrikes?\b|\baward for\b|\bshortlist|\bpetition\b|\bpolice\b"
        r"|\bhospitals?\b|\bcoroner|\binquest\b|\bfigures\b",
        -2.5,
    ),
    _cue(
        "what came after a grade",
        r"\b(?:following|in the wake of) (?:an? |the |its )?(?:\w+ )?['\"]?inadequate['\"]? (?:ofsted )?"
        r"(?:rating|verdict|judge?ment|report|grade)",
        -0.5,
    ),
    _cue(
        "another country's services",
        r"\bcare inspectorate\b|\bscot(?:land|tish)\b|\bwales\b|\bwelsh\b|\bestyn\b|\bnorthern ireland\b"
        r"|\bcare inspectorate wales\b|\brqia\b|\blanarkshire\b|\bayrshire\b|\baberdeen|\bedinburgh\b"
        r"|\bglasgow\b|\bdundee\b|\bfife\b|\bhighland council\b|\bcardiff\b|\bswansea\b|\bpowys\b"
        r"|\bgwynedd\b|\bpembrokeshire\b|\bceredigion\b|\bwrexham\b|\bflintshire\b|\bbelfast\b",
        -4.0,
    ),
)  # fmt: skip

SEND_OR_JTAI = re.compile(
    r"\bjtais?\b|joint targeted area|\barea send\b|\bsend (?:inspection|services?|provision|report|failings)"
    r"|\bsend\b(?=[:'.,?]| (?:children|pupils|families|support|system|crisis|reforms?)\b)|\bwith send\b"
    r"|\bspecial needs\b|\bhealth and care plans?\b|\behcps?\b|\bjoint (?:targeted )?inspection\b"
    r"|special educational needs|\bsend problems\b|\bpart of send\b|ofsted/cqc inspections"
)
"""Joint and SEND inspections: other publications, with other partners."""

INSPECTORS_WORDS = re.compile(
    r"\bsocial work|\bchildren (?:in|who|are|and|at|with|subject)\b|\bcare leavers?\b"
    r"|\blocal authority\b|\bleaders?\b"
    r"|\bleadership\b|\bmanagement\b|\bmanagers?\b|\bpractice\b|\bassessments?\b|\bplans?\b|\bplanning\b"
    r"|\bhelp and protection\b"
    r"|\bharm\b|\brisks?\b|\bservices?\b|\bimprovements?\b|\bweakness|\binadequa|\bprogress\b"
    r"|\bsupport\b|\bworkforce\b"
    r"|\bquality\b|\binspect|\bconcerns?\b|\bexperiences?\b|\bcaseloads?\b|\boversight\b|\bneglect"
    r"|\bchildren'?s\b|\bchildren\b|\bfailings?\b|\bfailures?\b|\bdelay\b"
)
"""What inspectors of children's services write about."""

ESSENTIAL = (
    "gives a verdict",
    "tells of a grade",
    "speaks of a monitoring or focused visit",
    "tells that the report is out",
)
"""Of these a story must have one in its headline, where it neither quotes inspectors nor links to Ofsted."""

UNNAMED = 0.5
"""Points more that a story needs whose headline and text name neither Ofsted nor inspectors."""

SOCIAL_CARE = re.compile(
    r"\bsocial work|\bcare leavers?\b|\bin care\b|\blocal authority\b|\bharm\b|\bneglect"
    r"|\bhelp and protection\b"
    r"|\bcaseloads?\b|\bfailings\b|\bfailures\b|\brisks?\b|\bfamil|\bchildren'?s (?:needs|experiences"
    r"|plans|lives)\b"
    r"|\bservices for children\b|\bpermanen|\bdrift\b|\bcorporate parent|\binadequate practice\b"
)
"""What inspectors of children's services write about, and of schools do not."""

OWN_WORDS = re.compile(r"\b(?:we|our|us|i|i'm|we're|we've|my)\b")
"""A council's or councillor's own voice in a quotation."""

PREFERS_MONITORING = re.compile(
    r"\bmonitoring (?:visit|report|letter|inspection|statement)|\b(?:first|second|third|fourth|fifth"
    r"|sixth|1st|2nd|3rd|4th|5th|6th) (?:ofsted )?"
    r"(?:monitoring|visit|positive visit)|\bsince (?:the|our) last monitoring"
)
PREFERS_FOCUSED = re.compile(r"\bfocuss?ed visit|\bassurance visit|\bfocus visit")
GRADE_GIVEN = re.compile(next(cue.pattern.pattern for cue in FOR if cue.name == "tells of a grade"))
PROGRESS = re.compile(
    r"\bprogress(?:ing)?\b|\bimproves\b|\bimproving\b|(?<!requires )(?<!require )"
    r"\bimprovements?\b|\bstrides\b|\bstill\b|\bwork needed\b|\bslow\b"
    r"|\bcontinued\b|\bheadway\b|\bgetting better\b|\bright track\b|\bpositive changes\b"
    r"|\bofsted letter\b|\bletter says\b"
)
GRADES = re.compile(r"\boutstanding\b|\binadequa|\bgood\b|\brequires? improvement\b")
VISIT = re.compile(r"\bvisit(?:s|ed)?\b")
