# What is recorded is read by whoever may know of the child.
ACCESS = {
    "provision:provision": "children.record",
    "provision:record": "children.edit",
    "provision:correct": "children.edit",
    "provision:end": "children.edit",
    "provision:withdraw": "children.edit",
    "provision:judge": "children.edit",
    "provision:judgement_correct": "children.edit",
    "provision:judgement_withdraw": "children.edit",
}
