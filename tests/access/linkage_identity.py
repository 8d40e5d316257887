"""Who may open the addresses of duplicates. Both records must be known besides."""

ACCESS = {
    "linkage:duplicates": "identity.decide",
    "linkage:same_child": "identity.decide",
    "linkage:refer": "identity.decide",
    "linkage:compare": "identity.decide",
    "linkage:join": "identity.decide",
    "linkage:tell_apart": "identity.decide",
    "linkage:waiting": "identity.decide",
    "linkage:answer": "identity.decide",
    "linkage:joined": "identity.decide",
    "linkage:take_apart": "identity.decide",
    "linkage:keepers": "sealed.read",
    "linkage:looked_into": "sealed.read",
}
