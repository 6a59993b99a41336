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
POLICIES = {"lamps": LAMPS, "strict": STRICT, "patient": PATIENT, "careful": CAREFUL, "steps": STEPS}
