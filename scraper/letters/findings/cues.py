"""The words by which inspectors praise and blame, as data."""

from collections.abc import Mapping
from enum import StrEnum


class Cue(StrEnum):
    """What a phrase does to its clause."""

    PRAISE = "praise"
    BLAME = "blame"
    NEGATION = "negation"  # turns the praise or blame that follows
    REMEDY = "remedy"  # turns the blame that follows: "tackled drift"
    INTENTION = "intention"  # makes the praise that follows a wish: "so that plans are timely"
    CIRCUMSTANCE = "circumstance"  # opens a clause on when something happens, not how well
    CONTRAST = "contrast"  # opens a clause that may say the opposite
    NEUTRAL = "neutral"  # holds a cue's word without its sense: "well-being"


CUES: Mapping[Cue, str] = {
    Cue.PRAISE: """
        improved | improving | improvement | improvements | improves | strengthened | strengthening | strong
        | stronger | strength | strengths | effective | effectively | good | well | better | timely | prompt
        | promptly | swift | swiftly | quickly | robust | robustly | thorough | thoroughly | clear | clearly
        | committed | commitment | dedicated | benefit | benefits | benefiting | positive | positively |
        making a difference | make a difference | stable | stability | skilled | confident | confidently |
        purposeful | high quality | higher quality | impressive | appropriate | appropriately | regularly |
        routinely | consistently | comprehensive* | proportionate | creative | creatively | ambitious |
        tenacious* | relentless* | valued | exceptional* | excellent | outstanding | sensitive | sensitively
        | successful* | rigorous* | carefully | careful | child centred | child focused | safely | safe |
        safer | safeguarded | protected | progress | progressed | embedded | sufficient | sufficiently |
        accurate | accurately | enthusiastic* | responsive | aspirational | supportive | suitable |
        manageable | accelerated | transformed | transformation | rapid | rapidly | decisive | decisively |
        energetic | passionate | nurturing | meaningful | persistent* | proactive* | innovative | tirelessly
        | detailed | insightful | trusting | helpful | thrive* | thriving | flourish* | settled | listened
        to | proud | compassionate | trusted | sound | actively | tangible | at pace | right help | right
        time | celebrated | diligent* | reduced | fewer | fewer changes | fewer * changes |
        reduced the number of changes | enthusias* | firm | sustained | gained traction |
        gaining traction | unwavering | determined | determination | caseloads are lower | lower caseloads
        | caseloads have fallen | few vacancies | few changes | low turnover | low staff
        turnover | no reliance
    """,
    Cue.BLAME: """
        little | limited evidence | little evidence | too * | without adequate | without sufficient | overly
        optimistic | over optimis* | over reliance | over reliant | overly reliant | lack | lacks | lacking
        | lacked | insufficient* | inconsistent* | inconsisten* | delay | delays | delayed | drift | drifts
        | weak | weaker | weakness | weaknesses | poor | poorly | poorer | fail | fails | failed | failing |
        failings | failure | failures | inadequate | inadequately | inadequacies | limited | shortfall |
        shortfalls | unsatisfactory | variable | variability | yet to | absence | unclear | ineffective* |
        deteriorat* | decline | declined | declining | high caseloads | high turnover | higher caseloads |
        gap | gaps | superficial | reactive | unaware | unallocated | backlog* | slow | slower | slowly |
        rarely | seldom | deficit | deficits | deficiencies | less well | less effective | less evident |
        less clear | less consistent | hampered | undermine* | hinder* | struggl* | compounded | unsuitable
        | unsafe | unassessed | unmet | unacceptable | unacceptably | unnecessary | unnecessarily |
        incomplete | inaccurate | out of date | generic | confused | confusion | fragmented | piecemeal |
        underdeveloped | under developed | unchallenged | overwhelmed | stretched | irregular* | overlong |
        longer than | taken longer | hard for | missing from too | untimely | inappropriate* | insecure |
        instability | unstable | harmed | left at | left in | left with | prematurely | disproportionate |
        unwieldy | cumbersome | overlooked | needs to improve | need to improve | needs improvement | more
        work | further work | more to do | much to do | lot to do | way to go | needs to be | need to be |
        requires improvement | require improvement | need to ensure | need to do | could be | should be |
        must be | must ensure | should ensure | fragile | early stages | early stage | infancy | shortage |
        shortages | inhibit* | concern remains | of concern | concerning | concerns remain | serious
        concerns | neglectful | lottery | worse | worsened | worsening | stalled | stalling | inertia |
        inaction | minimal | sporadic | patchy | few | only some | not enough | overdue | inequit* |
        dissatisf* | disjointed | unresolved | unsupported | impaired | impair* | not always |
        not consistently | not yet | not sufficiently | not routinely | not fully | not often | not all |
        wait | waits | waited |
        unmanageable | low base | suffering | suffered | suffer | not swift | not making | challenge remains
        | challenges remain | remains a challenge | remain a challenge | not embedded | missed opportunit* |
        due to workforce pressures | adversely | harder to | difficult for | difficult to | turnover is high
        | turnover remains high | high staff turnover | caseloads are high | caseloads remain high
        | excessive | excessively | unreliable | unaddressed | unhappy | is lost | are lost
        | lost confidence | lost opportunit* | imped* | compromis* | impact* negatively
        | negatively impact* | increasing pressure | additional pressure | pressure on | nor have | nor has
        | nor do | nor does | nor did | nor is | nor are | need to address | needs to address
        | need to accelerate | needs to accelerate | continue to face | continues to face | still required
        | still needed | still to do | major issue | significant issue | an issue
        | less than good | shortcoming | shortcomings | varies | vary | slowed | improvement is needed |
        improvements are needed | improvement is required | improvements are required | work is needed |
        work is required | focus is needed | focus is required | progress is needed | progress is required
        | consistency is needed | consistency is required | is a challenge | been a challenge |
        a key challenge | ongoing challenge | a significant challenge | stubborn challenge
        | been challenging | remains challenging | changes of social worker* | changes in social worker* |
        change of social worker* | changes of worker* | high workloads | workloads are high |
        workloads remain high | work to be done | work to do | work remains to be | more to be done |
        more to be achieved | there remain areas | there remain some | should have been |
        should have become | could have been | only half | only a quarter | only a third |
        only a minority | morale is low | low morale | limits their ability | limits the ability |
        limits opportunit* | detract* | continue to vary | continues to vary
    """,
    Cue.NEGATION: """
        not | no | never | cannot | without | nor | neither | hardly | unable | isn't | aren't | wasn't |
        weren't | doesn't | don't | didn't | hasn't | haven't | hadn't | couldn't
    """,
    Cue.REMEDY: """
        challenge | challenges | challenged | stop | stops | stopped | avoid* | prevent* | reduce | reduces
        | reducing | minimis* | tackl* | address* | eliminat* | overcome* | overcame | resolv* | rectif* |
        free from | mitigat* | end to | ended | responded to | respond to | respond quickly to | remed*
    """,
    Cue.INTENTION: """
        aim to | aims to | intend to | intends to | plans to | plan to | planned to | will | hope* to | in
        order to | so that | to ensure | to make sure | designed to | seek to | seeks to | with the aim |
        would | opportunity to | capacity to | believe* | expect* | anticipat* | confident that
    """,
    Cue.CIRCUMSTANCE: """
        when | where | if | whenever | once
    """,
    Cue.CONTRAST: """
        but | however | although | though | while | whilst | despite | nevertheless | nonetheless | whereas
        | albeit | except | and yet | even so | yet
    """,
    Cue.NEUTRAL: """
        what further work | strengths and weaknesses | from a low base | from a very low base
        | from the low base | from a low starting point | from a very
        low starting point | a few of | a few have | a few are |
        identified as a weakness | identified as weak* | weaknesses identified | weaknesses found |
        weaknesses that were identified | shortfalls identified | deficits identified | failings identified
        | areas that need to improve | areas that require improvement | areas needing improvement
        | areas that need improvement | what needs to improve | where improvement is needed
        | where improvements are needed | neglectful parenting | exceptionally severe | who need to be
        | exceptionally difficult | exceptionally challenging | exceptionally high demand
        | a weakness at | previously inadequate | well being | wellbeing | as well as | as well | strengths
        and difficulties | quality assurance | strengths based | strength based | improvement plan* |
        improvement board* | improvement partner* | improvement journey | areas for improvement | area for
        improvement | improvement programme* | improvement priorities | improvement adviser* | improvement
        actions | risk of harm | risk of significant harm | requires improvement to be good | good or
        outstanding | looked after | poor mental health | poor health | poor parental | poor parenting |
        early help | no longer in care | not for profit | was judged | were judged | been judged | judged
        inadequate | judged to be inadequate | judged good | inadequate judgement | barriers to | gap year |
        whether or not | not only | not just | no longer accept* | while others | for a while | clear of |
        fast track | first class | good level of development | all the while | a few years | few years | few
        months | past few | last few | health and well being | progress of children | progress of care |
        mental well being | children's progress | the progress children | progress children make | positive
        activities | positive choices | unmet needs | who are not | that are not | not in education | not in
        employment | not in school | areas of improvement | needing improvement | requiring improvement |
        did not identify any children at | did not find any children at | did not see any children at | not
        identify any children who were at | do not want | does not want | did not want
        | support they need to do | time they need to do | training they need to do | tools they need to do
        | whether they have | in the absence of a | unsuitable behaviour* | where improvement is required
        | where improvements are required | where further improvement is | where further improvements are
        | in which improvement is needed | what improvement is needed | what improvements are needed |
        what improvements are required | where further work is | challenges in | challenges around |
        challenges with | challenges of | to vary | made clear that | makes clear that | it is clear that |
        it was clear that | not the subject of |
        not subject to a child | in relation to practice shortfalls | in relation to shortfalls
    """,
}
