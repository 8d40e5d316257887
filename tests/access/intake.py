# Each kind of file names its own permission; a stranger to all of them finds no file.
ACCESS = {
    "intake:files": "signed_in",
    "intake:choose": "signed_in",
    "intake:upload": "signed_in",
    "intake:template": "signed_in",
    "intake:file": "signed_in",
    "intake:apply": "signed_in",
    "intake:undo": "signed_in",
    "intake:faults": "signed_in",
}
