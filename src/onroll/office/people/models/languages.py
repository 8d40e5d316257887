"""Languages that are offered as one types. Any other can be typed: the list refuses nothing."""

LANGUAGES = (
    "Albanian", "Amharic", "Arabic", "Bengali", "British Sign Language", "Bulgarian", "Cantonese",
    "Caribbean Creole", "Chinese", "Czech", "Dari", "Dutch", "English", "Farsi", "French",
    "German", "Greek", "Gujarati", "Hausa", "Hebrew", "Hindi", "Hungarian", "Igbo", "Italian",
    "Kurdish", "Latvian", "Lingala", "Lithuanian", "Malayalam", "Mandarin", "Nepali", "Panjabi",
    "Pashto", "Polish", "Portuguese", "Romanian", "Romani", "Russian", "Shona", "Slovak",
    "Somali", "Spanish", "Swahili", "Sylheti", "Tamil", "Telugu", "Tigrinya", "Turkish", "Twi",
    "Ukrainian", "Urdu", "Vietnamese", "Welsh", "Yiddish", "Yoruba",
)  # fmt: skip
