"""Which words of a heading speak of which field of a list of requests, as groups and council teams write such lists."""

from suppliers.registers.spoken import COUNTED, PROMISED, says

WHO = "organisation organisations group charity contact person officer lead owner supplier company email phone tel"
SPOKEN = {
    "external_reference": says(
        "reference ref id identifier code number no",
        f"{WHO} contract telephone mobile postcode post lot outcome model unit sort area many much needed required "
        f"people volunteers wanted asked {COUNTED}",
        better="request need ask project",
    ),
    "title": says(
        "title request need ask project name needed wanted",
        f"{WHO} id ref reference identifier code number no date day by when before deadline description detail details "
        "type category theme unit units quantity qty target amount how many much status town place location where "
        "area postcode post notes comment priority budget cost why background received posted created requested "
        f"required until outcome {COUNTED}",
        better="title",
    ),
    "description": says(
        "description details detail background why about purpose explanation", f"{WHO} id ref date when unit status"
    ),
    "theme": PROMISED["theme"],
    "unit_words": PROMISED["unit_words"],
    "town": says("town place where location area village", f"{WHO} address postcode code post meeting id number date"),
    "outcode": says("postcode outcode", WHO),
    "needed_by": says(
        "deadline needed required by when before wanted",
        f"{WHO} who number no quantity qty amount how many much what why received posted requested submitted created "
        f"offered approved unit id ref reference start starts from {COUNTED}",
        both="by date deadline when before",
    ),
}
