ACCESS = {
    "web:theme": "public",
    "web:style_guide": "public",
    "web:style_guide_part": "public",
}
