"""Who may open the addresses of children. A child's page also asks whether they may know it."""

FACTS = (
    "name",
    "identifier",
    "address",
    "locality",
    "carer",
    "contact",
    "carer_address",
    "professional",
    "flag",
    "whereabouts",
    "hazard",
    "language",
    "year_taught",
)

ACCESS = {
    "people:find": "children.find",
    "people:add": "children.edit",
    "people:added": "children.edit",
    "people:emergency": "glass.break",
    "people:sealed": "sealed.read",
    "people:seal": "sealed.read",
    "people:details": "children.record",
    "people:carer_name": "children.edit",
    **{f"people:{fact}": "children.record" for fact in FACTS},
    **{
        f"people:{fact}_{act}": "children.edit"
        for fact in FACTS
        for act in ("add", "correct", "end", "withdraw")
    },
}
