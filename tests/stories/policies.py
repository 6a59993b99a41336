"""Policies that stories are played under."""

HEAD = 'name = "红黄绿灯"\nmeasure = "gap_pp"\n'
RED = """
[[level]]
code = "red"
name = "红灯"
colour = "red"
severity = 3
when = "gap_pp < -30"
notice = "supervision"
issue = "after_review"
reply_within = "5 workdays"
"""
YELLOW = """
[[level]]
code = "yellow"
name = "黄灯"
colour = "yellow"
severity = 2
when = "{when}"
notice = "warning"
issue = "automatic"
reply_within = "3 workdays"
{more}
"""
GREEN = """
[[level]]
code = "green"
name = "绿灯"
colour = "green"
severity = 0
when = "gap_pp >= 0"
"""
LAMPS = HEAD + RED + YELLOW.format(when="gap_pp >= -30 AND gap_pp < -10", more='unmet = "red"') + GREEN
"""Yellow from 10 points behind, red from more than 30; between 0 and 10 behind nothing is said."""
STRICT = HEAD + RED + YELLOW.format(when="gap_pp >= -30 AND gap_pp < 0", more='unmet = "red"') + GREEN
"""Every lag is yellow."""
PATIENT = HEAD + RED + YELLOW.format(when="gap_pp >= -30 AND gap_pp < -10", more="") + GREEN
"""No ladder: an unanswered notice does not climb."""
CAREFUL = PATIENT.replace("automatic", "after_review")
"""Every notice waits for a person."""
STEPS = f"""{HEAD.replace("gap_pp", "milestones_unmet")}{YELLOW.format(when="milestones_unmet > 0", more="")}
[[level]]
code = "green"
name = "绿灯"
colour = "green"
severity = 0
when = "milestones_unmet = 0"
"""
"""A step that was due and is not reached is yellow."""
SHADES = "gap_pp >= -30 AND gap_pp < -10"
FORMAL = "\n".join(
    [
        HEAD + RED + 'signer = "分管副县长"\npoints = 2',
        'interview = { by = "分管副县长", whom = "主要负责人", within = "5 workdays" }\nvisit = "县考核办"',
        YELLOW.format(when=SHADES, more='unmet = "red"\nrectify_within = "10 workdays"\npoints = 0.5') + GREEN,
    ]
)
"""Red is signed, talked about and costs two points; yellow is to be put right in ten days and costs half a point."""
ADDRESSED = HEAD + RED + YELLOW.format(when=SHADES, more='recipients = ["leader", "parent", "lead"]') + GREEN
"""Yellow goes to the unit's leader, the leader of the unit above, and the unit that leads."""
SLOW = PATIENT.replace("5 workdays", '5 workdays"\nreview_within = "4 workdays').replace(
    "3 workdays", '3 workdays"\nsign_within = "2 workdays"\nverify_within = "1 workday'
)
"""The office has four days to decide and one to check, the unit two to sign."""
UNANSWERED = LAMPS.replace('reply_within = "3 workdays"', 'rectify_within = "3 workdays"')
"""Nothing is to be answered, only put right."""
RELEASES = {
    name: PATIENT.replace('reply_within = "3 workdays"', f'reply_within = "3 workdays"\nrelease = "{way}"')
    for name, way in (("verified", "verified"), ("two_periods", "2 periods"), ("by_hand", "by_hand"))
}
"""What ends a yellow warning besides fine data."""
THROUGH = PATIENT.replace('issue = "after_review"', 'issue = "after_review"\nthrough = "yellow"')
"""The way back from red leads through yellow."""
DWELL = PATIENT.replace('notice = "warning"', 'notice = "warning"\ndwell = "2 periods"')
"""Yellow lasts two periods at least."""
CARDS = (
    PATIENT
    + """
[[level]]
scope = "unit"
code = "red_card"
name = "红牌"
colour = "red"
severity = 2
notice = "supervision"
issue = "after_review"
reply_within = "5 workdays"

[[level]]
scope = "unit"
code = "yellow_card"
name = "黄牌"
colour = "yellow"
severity = 1
when = "items_warned >= 3"
notice = "warning"
issue = "automatic"
reply_within = "3 workdays"
unmet = "red_card"

[[level]]
scope = "unit"
code = "no_card"
name = "不亮牌"
colour = "green"
severity = 0
when = "items_warned < 3"
"""
)
"""Three lamps are a card for the unit, a card unanswered is a red one."""
PAIR = LAMPS + CARDS[len(PATIENT) :].replace(">= 3", ">= 2").replace("< 3", "< 2")
"""Lamps that climb, and a card for two of them."""
KEPT = CARDS.replace('when = "items_warned >= 3"', 'when = "items_warned >= 3"\nuntil = "items_warned = 0"')
"""A card stays until no lamp is left."""
AGAIN = CARDS.replace("severity = 2\nnotice", 'severity = 2\nwhen = "items_warned >= 3 AND lag_streak >= 1"\nnotice')
"""A second month with a card is a red one."""
LAST = CARDS.replace('"items_warned >= 3"', '"unit_rank_from_bottom = 1"').replace(
    '"items_warned < 3"', '"unit_rank_from_bottom > 1"'
)
"""The last of the group gets a card."""
POLICIES = {
    "pair": PAIR,
    "cards": CARDS,
    "kept": KEPT,
    "again": AGAIN,
    "last": LAST,
    "lamps": LAMPS,
    "strict": STRICT,
    "patient": PATIENT,
    "careful": CAREFUL,
    "steps": STEPS,
    "formal": FORMAL,
    "addressed": ADDRESSED,
    "slow": SLOW,
    "unanswered": UNANSWERED,
    "through": THROUGH,
    "dwell": DWELL,
    **RELEASES,
}
