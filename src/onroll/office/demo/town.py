"""Ashcombe, which does not exist: its schools, streets and the names that its people may bear.

Telephone numbers are from the ranges that Ofcom keeps for drama, postcodes from an area that the
Post Office does not use, URNs and the authority's number from beyond those ever given out.
"""

from dataclasses import dataclass

AUTHORITY = {
    "name": "Ashcombe Council",
    "la_code": "999",
    "gss_code": "E06999999",
    "address": "Civic Hall\nMarket Place\nAshcombe",
    "po_box": "PO Box 99",
    "postcode": "ZZ1 1AA",
    "website": "www.ashcombe.example",
    "email": "education@ashcombe.example",
    "telephone": "01632 960100",
    "brand_colour": "#1d4f60",
    "harm_telephone": "01632 960999",
    "harm_telephone_out_of_hours": "01632 960998",
}

LOCALITIES = ("North", "Riverside", "Hillfields", "West and Villages")


@dataclass(frozen=True, slots=True)
class InventedSchool:
    """One school of Ashcombe, in the register's words."""

    urn: int
    estab: str
    name: str
    phase: str
    type_code: str
    type_name: str
    type_group: str
    low_age: int
    high_age: int
    capacity: int
    street: str
    postcode: str
    telephone: str
    locality: str


_PRIMARY = """Alder Brook|Ashcombe Park|Bell Lane|Birchwood|Bluebell Hill|Brambles|Canal Street|Castle
Mead|Chapel Row|Cherry Tree|Clay Lane|Coppice|Cornfield|Croft Road|Elm Bank|Fairfield|Fernhill|
Foxglove|Green Lane|Hawthorn|Heron's Reach|Highfield|Holly Bank|Kingfisher|Larkrise|Lime Walk|
Longmeadow|Maple Grove|Marsh End|Mill Race|Nightingale|Oak Tree|Orchard Way|Poppyfield|Quarry Hill|
Redwing|Ridgeway|Rowan|St Alkmund's|St Bride's|St Osyth's|Swallow Lane"""
_SECONDARY = """Ashcombe Academy|Barley Hill School|Copperfield School|Eastgate High School|Granville
Academy|Northbrook School|Riverside Academy|St Wulfstan's School|The Meridian School|Westhay Academy|
Woodlands School"""
_SPECIAL = "Beacon Hill School|Harbour House School|The Sycamores School"
_AP = "The Bridge Pupil Referral Unit|Compass Alternative Provision Academy"
_INDEPENDENT = "Larchmont House School|Ashcombe Grammar School"

STREETS = """Alma Street|Anchor Road|Ash Grove|Back Lane|Barrack Street|Beech Avenue|Bridge Street|
Cannon Hill|Carder's Row|Cedar Close|Chandler Street|Coronation Road|Court Lane|Dyer's Fold|
Eastfield Road|Factory Street|Ferry Road|Forge Lane|Garden Terrace|Gas Street|Glebe Road|Harbour
View|Hatters Lane|Ivy Close|Jubilee Street|Kiln Road|Ladysmith Road|Larch Way|Market Street|Meadow
Rise|Mercer Street|Mill Street|Nelson Street|Old Tannery|Paradise Row|Park Crescent|Pinfold Lane|
Pottery Road|Prospect Place|Quay Street|Railway Terrace|Ropewalk|Salters Way|School Lane|Silk Street|
Spring Gardens|Station Road|Tanner Street|Tower Hill|Union Street|Victoria Road|Waterloo Road|
Weavers Court|Wharf Road|Windmill Lane"""


def listed(text: str) -> tuple[str, ...]:
    """Return the names in a text that is broken over lines for reading."""
    return tuple(" ".join(part.split()) for part in text.split("|"))


def schools() -> tuple[InventedSchool, ...]:
    """Return the sixty schools of Ashcombe."""
    made: list[InventedSchool] = []

    def add(
        name: str, phase: str, kind: tuple[str, str, str], ages: tuple[int, int], size: int
    ) -> None:
        n = len(made)
        made.append(
            InventedSchool(
                urn=900_001 + n,
                estab=f"{2000 + n if phase == 'Primary' else 4000 + n}",
                name=name,
                phase=phase,
                type_code=kind[0],
                type_name=kind[1],
                type_group=kind[2],
                low_age=ages[0],
                high_age=ages[1],
                capacity=size,
                street=listed(STREETS)[n % len(listed(STREETS))],
                postcode=f"ZZ{1 + n % 9} {1 + n % 8}{'ABDEFGHJ'[n % 8]}{'LNPQRSTU'[n // 8 % 8]}",
                telephone=f"01632 960{200 + n}",
                locality=LOCALITIES[n % len(LOCALITIES)],
            )
        )

    community = ("1", "Community school", "Local authority maintained schools")
    converter = ("34", "Academy converter", "Academies")
    aided = ("2", "Voluntary aided school", "Local authority maintained schools")
    for i, name in enumerate(listed(_PRIMARY)):
        kind = aided if name.startswith("St ") else (converter if i % 3 == 0 else community)
        add(f"{name} Primary School", "Primary", kind, (4, 11), 210 + 105 * (i % 4))
    for name in listed(_SECONDARY):
        add(name, "Secondary", converter if "Academy" in name else community, (11, 18), 1200)
    for name in listed(_SPECIAL):
        add(
            name,
            "Not applicable",
            ("7", "Community special school", "Special schools"),
            (4, 19),
            120,
        )
    for name in listed(_AP):
        kind = ("14", "Pupil referral unit", "Local authority maintained schools")
        add(name, "Not applicable", kind, (7, 16), 60)
    for name in listed(_INDEPENDENT):
        kind = ("11", "Other independent school", "Independent schools")
        add(name, "Not applicable", kind, (4, 18), 300)
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Community:
    """Names that go together, and how common such families are in Ashcombe."""

    share: int
    ethnicity: str
    language: str
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    families: tuple[str, ...]
    abroad: tuple[str, ...]


def _community(share: int, ethnicity: str, language: str, **names: str) -> Community:
    return Community(
        share=share,
        ethnicity=ethnicity,
        language=language,
        girls=tuple(names["girls"].split()),
        boys=tuple(names["boys"].split()),
        families=tuple(names["families"].split()),
        abroad=tuple(names.get("abroad", "Spain Australia France").split()),
    )


COMMUNITIES = (
    _community(
        52,
        "WBRI",
        "English",
        girls="""Abigail Alice Amelia Amy Ava Bethany Charlotte Chloe Daisy Eleanor Ella Ellie Emily
        Erin Esme Evie Faith Freya Georgia Grace Hannah Harriet Heidi Imogen Isabelle Isla Ivy
        Jasmine Jessica Katie Keira Lacey Layla Lexi Libby Lily Lola Lottie Lucy Maisie Matilda
        Megan Mia Millie Molly Nancy Olivia Orla Phoebe Poppy Robyn Rosie Ruby Scarlett Sienna
        Skye Sophie Summer Tilly Violet Willow Zara""",
        boys="""Aaron Adam Alfie Archie Arthur Austin Bailey Benjamin Bobby Bradley Cameron Charlie
        Connor Daniel Dylan Edward Elliot Ethan Felix Finley Frankie Freddie George Harrison Harry
        Harvey Henry Hugo Jack Jacob Jake James Jamie Jayden Joseph Joshua Jude Kai Kayden Leo Lewis
        Liam Logan Louis Luke Mason Matthew Max Nathan Noah Oliver Oscar Owen Reuben Riley Rory
        Samuel Seth Stanley Teddy Theo Thomas Toby Tyler William Zachary""",
        families="""Adlam Allerton Appleyard Ashby Bamford Barraclough Beckwith Birtles Blakeway
        Boddington Brearley Brindle Broadbent Bromley Butterworth Calloway Carrick Chadwick Clegg
        Cobley Cottrell Cragg Crowther Dallow Darby Denholm Dobbs Drayton Eccles Elsworth Fairclough
        Farnell Fearnley Fenwick Garside Gatley Gledhill Goddard Greaves Hallam Hargreave Hawksworth
        Haydock Hebden Heyes Higson Hollis Holroyd Ibbotson Jessop Kershaw Kettle Lathom Leaver
        Lockwood Lumb Mallinson Marsden Mellor Midgley Mottram Naylor Nuttall Oldroyd Ormerod
        Openshaw Parkin Peel Pickles Pilling Platt Popplewell Quarmby Ramsden Rawson Redfearn Riley
        Rushworth Scholes Shackleton Sharples Shaw Slater Stansfield Sugden Sutcliffe Swales Tatham
        Tetley Thackray Thewlis Threlfall Tordoff Turton Uttley Varley Waddington Wadsworth
        Walmsley Whalley Wigglesworth Winterbottom Womersley Woodhead Wrigley Yeadon""",
    ),
    _community(
        14,
        "APKN",
        "Urdu",
        girls="""Aisha Aleena Amina Anaya Ayesha Fatima Hafsa Haleema Hira Iqra Khadija Laiba Mahnoor
        Maryam Noor Rabia Sana Sumayyah Zahra Zainab""",
        boys="""Abdullah Ahmed Ali Ayaan Bilal Hamza Haris Hassan Ibrahim Imran Ismail Mohammad
        Mohammed Muhammad Musa Rayyan Saad Umar Usman Yusuf Zain""",
        families="""Abbasi Ahmed Akhtar Ali Anwar Aziz Begum Bhatti Chaudhry Hussain Iqbal Javed Khan
        Khatun Mahmood Malik Mirza Nawaz Qureshi Rashid Saleem Shah Sheikh Siddiqui Younis""",
        abroad="Pakistan",
    ),
    _community(
        7,
        "AIND",
        "Panjabi",
        girls="Aanya Amrit Anjali Diya Harleen Jasleen Kavya Manpreet Navneet Pooja Riya Simran Tara",
        boys="Aarav Arjun Dev Gurdeep Harjit Jaspal Karan Manveer Nikhil Rajan Rohan Sukhdeep Vikram",
        families="Bains Chahal Desai Dhaliwal Gill Grewal Joshi Kaur Mistry Nair Patel Sandhu Sharma",
        abroad="India Canada",
    ),
    _community(
        8,
        "WOTH",
        "Polish",
        girls="Aleksandra Alicja Gabriela Hanna Julia Kinga Lena Maja Natalia Oliwia Wiktoria Zofia",
        boys="Adrian Antoni Bartosz Dawid Filip Igor Jakub Kacper Mateusz Oskar Szymon Wojciech",
        families="""Adamczyk Baran Duda Gorski Jankowska Kaczmarek Kowalczyk Krawczyk Lewandowski
        Mazur Nowak Pawlak Sikora Wojcik Zielinska""",
        abroad="Poland Germany",
    ),
    _community(
        5,
        "WROM",
        "Romanian",
        girls="Alexandra Andreea Bianca Daria Elena Ioana Larisa Mihaela Roxana Sorina",
        boys="Adrian Alin Bogdan Cosmin Denis Florin Ionut Marius Razvan Vasile",
        families="Ciobanu Constantin Dumitru Florea Ionescu Lupu Moldovan Munteanu Popa Stan Toma",
        abroad="Romania Germany Italy",
    ),
    _community(
        7,
        "BAFR",
        "Somali",
        girls="Adaeze Amara Ayaan Chiamaka Esi Fadumo Hodan Ifrah Makena Nasra Ngozi Sahra Temitope",
        boys="Abdi Ayub Chidi Emeka Farah Guled Kofi Kwame Liban Mahad Olumide Segun Tunde Yonas",
        families="Abdi Adeyemi Adebayo Asante Bello Boateng Farah Hassan Mensah Nur Okafor Warsame",
        abroad="Somalia Kenya Nigeria Ghana",
    ),
    _community(
        4,
        "OOTH",
        "Arabic",
        girls="Amal Dima Hala Jana Lina Maram Nadia Rahaf Rania Salma Yara",
        boys="Adnan Basel Fadi Hadi Jamal Karim Nabil Omar Rami Samir Tariq",
        families="Al-Ahmad Al-Hamad Barakat Darwish Haddad Khalil Mansour Nasser Saleh Youssef",
        abroad="Syria Jordan Iraq Turkey",
    ),
    _community(
        3,
        "MWBC",
        "English",
        girls="Aaliyah Amaya Gabrielle Jada Kiara Mya Nevaeh Rochelle Shanice Tiana",
        boys="Andre Dante Isaiah Jermaine Jordan Kian Malachi Marcus Reece Tyrone",
        families="Bartley Campbell Clarke Francis Gayle Gordon Morgan Palmer Reid Samuels Walters",
        abroad="Jamaica",
    ),
)

STAFF = (
    # name, e-mail before the @, job title, role keys, team key
    ("Priya Mistry", "coordinator", "CME coordinator", ("cme_coordinator",), "cme"),
    ("Owen Garside", "officer", "CME officer", ("cme_officer",), "cme"),
    ("Halima Warsame", "officer2", "CME officer", ("cme_officer",), "cme"),
    ("Ruth Openshaw", "officer3", "CME officer", ("cme_officer",), "cme"),
    ("Daniel Mensah", "officer4", "CME officer", ("cme_officer",), "cme"),
    ("Katarzyna Mazur", "officer5", "CME officer", ("cme_officer",), "cme"),
    ("Grace Thackray", "manager", "Team manager", ("team_manager",), "cme"),
    ("Colin Barraclough", "attendance", "Local authority attendance officer",
     ("attendance_officer",), "attendance"),
    ("Sana Qureshi", "attendance2", "Local authority attendance officer",
     ("attendance_officer",), "attendance"),
    ("Megan Holroyd", "home", "Elective home education coordinator",
     ("home_education_coordinator",), "home"),
    ("Tunde Adeyemi", "engagement", "Education engagement officer",
     ("engagement_officer",), "engagement"),
    ("Ellen Varley", "plans", "EHC plan coordinator", ("plan_coordinator",), "send"),
    ("Martin Sugden", "virtual", "Virtual school head", ("virtual_school_head",), "virtual"),
    ("Joan Pickles", "clerk", "Panel clerk", ("panel_clerk",), "panels"),
    ("Fiona Marsden", "lead", "Strategic lead for education", ("strategic_lead",), "cme"),
    ("Ravi Joshi", "analyst", "Performance analyst", ("analyst",), "performance"),
    ("Helen Cragg", "governance", "Information governance officer",
     ("information_governance",), "governance"),
    ("Pat Lumb", "admin", "System administrator", ("administrator",), "performance"),
    ("Nasra Bello", "school", "Attendance lead, Barley Hill School", ("school_user",), ""),
)  # fmt: skip

TEAMS = (
    # key, name, kinds of case, what it is responsible for
    ("cme", "Children missing education team", ("cme",),
     "Finding and following children missing education (Education Act 1996 s.436A)"),
    ("attendance", "School attendance support team", ("attendance",),
     "Attendance support to schools and families; legal steps as a last resort"),
    ("home", "Elective home education team", ("home_education",),
     "The register of children educated at home"),
    ("engagement", "Education engagement team", ("exclusions",),
     "Education from the sixth day of a permanent exclusion"),
    ("exclusions", "Exclusions monitoring team", ("exclusions",),
     "Monitoring suspensions and permanent exclusions"),
    ("send", "SEND team", ("arranged",),
     "Suitable education for children with EHC plans"),
    ("start", "Statutory assessment and review team", ("arranged",),
     "Assessment and annual review of EHC plans"),
    ("virtual", "Virtual school", (), "The education of children in care"),
    ("panels", "Panels and appeals", (), "Fair access and review panels"),
    ("performance", "Performance and systems", (), "Returns, reports and this program"),
    ("governance", "Information governance", (), "Requests, retention and disclosure"),
)  # fmt: skip
