"""How contracts perform: ratings on the Procurement Act's scale, what was asked to improve, and the notice's draft.

assessing.py    a rating is suggested from pace and set by a person with a reason; the twelve-month clock
improving.py    the log of poor performance: asked, answered, improved or not; the thirty-day clock
notice.py       the draft of a contract performance notice, as text and as data
"""
