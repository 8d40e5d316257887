ACCESS = {
    "exchange:migrations": "imports.apply",
    "exchange:migration": "imports.apply",
    "exchange:undo": "imports.apply",
    "exchange:unplaced": "imports.apply",
    "exchange:template": "imports.apply",
}
