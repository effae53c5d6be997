"""The golden thread: PM3, Proactis and MySurrey joined, measured and mended.

plan_ids reads Plan IDs as people type them, cells everything else; extracts reads what each system exports; rules says
what counts; records reads both extracts of a day; metrics and anomalies measure; figures, drilldown and worklist are
what pages show; published freezes a month; mending and suggestions look for projects of unlinked contracts; links keeps
what people say of them; training and letters are for officers.
"""
