"""What a sentence is about: the field's vocabulary as data, and its matcher."""

from collections.abc import Mapping

from scraper.letters.sentences.phrases import Found, Phrases, split_words

# Theme -> what inspectors call it, in the order of a child's way through the services, then leadership.
_VOCABULARY: Mapping[str, str] = {
    "front door": """
        front door | multi agency safeguarding hub | mash | marat | ifd | contacts and | contacts to |
        contacts are | contact and referral* | referral* | rereferral* | threshold* | single point of
        contact | single point of access | emergency duty | out of hours | edt
    """,
    "early help": """
        early help | early intervention | family support | family hub* | targeted help | targeted support |
        edge of care | step down | step up | stepped down | stepped up | stepping down
    """,
    "strategy meetings": """
        strategy meeting* | strategy discussion* | section 47 | s 47 | s47 | icpc* | child protection
        enquir* | child protection investigation* | initial child protection
    """,
    "assessments": """
        assessment* | reassessment* | assessed | assessing
    """,
    "children's plans": """
        children's plan* | child's plan* | child in need | children in need | child protection plan* | care
        plan* | planning | plans | safety plan* | contingency plan* | core group* | cin plan* | cp plan* |
        child protection conference* | reviewing officer* | iro | iros
    """,
    "direct work": """
        direct work | wishes and feelings | views and wishes | children's views | children's voice* | voice
        of the child | voices of children | know their children | know children well | visits to children |
        seen regularly | seen alone | visit children | relationship based
    """,
    "pre-proceedings": """
        pre proceedings | public law outline | plo | care proceedings | court | courts
    """,
    "neglect": """
        neglect* | graded care profile
    """,
    "domestic abuse": """
        domestic abuse | domestic violence | marac | coercive control
    """,
    "disabled children": """
        disabled | disabilit* | short break*
    """,
    "unborn and young children": """
        unborn | pre birth | baby | babies | infant* | youngest children | newborn*
    """,
    "exploitation and missing": """
        exploit* | county lines | go missing | goes missing | going missing | went missing | missing from
        home | missing from care | missing children | missing episode* | return home interview* | extra
        familial | gang | gangs | trafficking | modern slavery | radicalis*
    """,
    "designated officer": """
        designated officer* | lado | allegations against | allegations made against | allegations * against |
        allegations management
    """,
    "private fostering": """
        privately fostered | private fostering
    """,
    "homeless 16 and 17 year olds": """
        homeless* | 16 and 17 year old* | 16 to 17 year old* | 16 or 17 year old* | bed and breakfast
    """,
    "children in care": """
        in care | looked after | into care | enter care | enters care | entering care | children's homes |
        reviewing service
    """,
    "permanence": """
        permanence | permanency | permanent home* | permanent carer* | permanent famil* | long term match* |
        life story | reunification | return home from | returning home
    """,
    "placement stability": """
        placement stability | placement move* | placement breakdown* | stable placement* | stable home* |
        stability of placement* | stability of their home* | placement with parents | placed with parents |
        matched | matching | placement
    """,
    "sufficiency": """
        sufficiency | shortage of placement* | lack of placement* | choice of placement* | availability of
        placement* | range of placement* | local placements
    """,
    "unregistered provision": """
        unregistered | unregulated | illegal placement*
    """,
    "health of children in care": """
        health assessment* | health need* | health check* | health histor* | health passport* | camhs |
        mental health | dental | emotional health | emotional well being | emotional wellbeing | strengths
        and difficulties | sdq*
    """,
    "education of children in care": """
        pep | peps | personal education plan* | virtual school* | attainment | exclusion* | part time
        timetable*
    """,
    "unaccompanied children": """
        unaccompanied | asylum | uasc
    """,
    "connected carers": """
        connected carer* | connected person* | kinship | special guardian* | sgo | sgos | family and friends
        | extended famil*
    """,
    "adoption": """
        adoption | adoptive | adopted | adopter* | early permanence | foster to adopt
    """,
    "fostering": """
        foster | fostering | supervising social worker* | supervision to foster carer* |
        supervision of foster carer* | supervision for foster carer*
    """,
    "care leavers": """
        care leaver* | leaving care | care leaving | care experienced | personal advis* | pa | pas | pathway
        plan* | staying put | staying close | local offer | corporate grandparent*
    """,
    "accommodation": """
        accommodation | housing | tenanc*
    """,
    "employment and training": """
        eet | neet | employment | apprenticeship*
    """,
    "elective home education": """
        elective home | electively home | home educated | home education | missing education | missing from
        education | missing out on education | cme | ehe
    """,
    "management oversight": """
        management oversight | management decision* | management direction | management grip | management
        challenge | managerial oversight | managers' oversight | manager oversight | oversight | challenge
        by managers | challenged by managers | challenged by senior managers | unchallenged | unchallenged
        by | managers challenge* | managers * challenge* | managers * * challenge* | challenge drift |
        challenge from managers
    """,
    "supervision": """
        supervision | supervisor* | supervisory
    """,
    "caseloads": """
        caseload* | case load* | workload*
    """,
    "workforce": """
        workforce | recruitment and retention | recruitment of social | recruitment of staff | recruit
        social | recruit and retain | recruit permanent | recruitment strategy | retention | turnover |
        vacanc* | agency staff | agency worker* | agency social worker* | agency team* | newly qualified |
        changes of social worker* | morale | induction | change of social worker* | changes in social
        worker* | staffing | experienced social workers
    """,
    "quality assurance": """
        quality assurance | audit* | qa | moderation | self evaluation | self assessment | dip sampl* |
        learning loop
    """,
    "performance information": """
        performance information | performance data | performance management | performance monitoring |
        performance report* | performance dashboard* | performance framework* | performance system* |
        management information | data
    """,
    "case recording": """
        recording | recordings | case record* | case note* | case file* | case summar* | recorded |
        children's records | written records | chronolog* | electronic recording | electronic case | ict
    """,
    "corporate parenting": """
        corporate parent* | children in care council | care leavers forum
    """,
    "partnership": """
        partner | partners | partnership* | multi agency | inter agency | safeguarding board | information
        sharing
    """,
    "leadership": """
        leader | leaders | leadership | director* | dcs | chief executive | elected members | councillors |
        lead member | governance | scrutiny | improvement board | improvement plan*
    """,
    "commissioner and trust": """
        commissioner | children's trust | families trust | statutory direction | secretary of state
    """,
}
THEMES: tuple[str, ...] = tuple(_VOCABULARY)
_PHRASES = Phrases(_VOCABULARY)


def find_themes(text: str) -> tuple[str, ...]:
    """The themes a sentence touches, in the vocabulary's order; empty where it touches none."""
    phrases = _PHRASES.find(split_words(text))
    longer = [phrase for phrase in phrases if phrase.end - phrase.start > 1]
    found = {phrase.label for phrase in phrases if not any(_is_part(phrase, other) for other in longer)}
    return tuple(theme for theme in THEMES if theme in found)


def _is_part(phrase: Found, other: Found) -> bool:
    """True for the "plans" of "personal education plans": a word of another theme's name is no theme."""
    is_word = phrase.end - phrase.start == 1
    return is_word and other.start <= phrase.start < other.end and other.label != phrase.label
