"""English names, by how common they are; the tail is built from parts, as the real one is long."""


def words(text: str) -> tuple[str, ...]:
    """The words of a text; an underscore stands for a space inside a name."""
    return tuple(word.replace("_", " ") for word in text.split())


def joined(starts: str, ends: str) -> tuple[str, ...]:
    """Every start with every end, in an order that mixes both."""
    left, right = words(starts), words(ends)
    return tuple(
        left[(place + turn) % len(left)] + right[turn]
        for place in range(len(left))
        for turn in range(len(right))
    )


BOYS = words("""
Oliver George Noah Arthur Harry Leo Jack Charlie Oscar Jacob Henry Thomas Freddie Alfie Theo
William Theodore Archie Joshua Alexander James Isaac Edward Lucas Tommy Finley Max Logan Ethan
Mason Harrison Teddy Arlo Sebastian Samuel Daniel Joseph Benjamin Reggie Louie Jude Ronnie Elijah
Albie Roman Hunter Riley Jaxon Dylan Toby Liam Zachary Hugo Luca Frankie Adam Reuben Jenson Bobby
David Rory Ezra Tobias Matthew Ralph Gabriel Nathan Carter Jesse Caleb Luke Albert Michael Rowan
Jayden Elliot Stanley Ollie Ellis Louis Jake Grayson Blake Rupert Kai Jackson Connor Ryan Aaron
Jamie Cameron Lewis Callum Tyler Owen Leon Harley Harvey Bailey Aiden Christopher Robert John Ben
Dominic Patrick Sean Kian Declan Evan Rhys Morgan Kieran Taylor Joel Robin Kyle Brandon Corey
Alex Nicholas Andrew Peter Jonathan Anthony Timothy Stephen Mark Billy Ted Freddy Vinnie Rex Otis
Felix Frederick Barnaby Jasper Jonah Seth Ellison Kit Monty Ned Ivan Stuart Philip Simon Gregory
Spencer Warren Wesley Brody Cody Shay Tate Ashton Lennon Preston Zak Zac Marley Bodhi Ziggy Nico
Rafferty Wilfred Ernest Sidney Percy Cecil Cyril Gus Clive Craig Duncan Fergus Hamish Euan Angus
Alistair Lachlan Innes Ross Brodie Lorcan Cormac Cillian Conor Eoin Oisin Tadhg Niall Ronan Fionn
Gethin Iwan Dafydd Emrys Osian Macsen Levi Phoenix River Blaine Kaiden Kayden Brayden Jaxson
Jaxton Maddox Zander Xander Lucian Dexter Darcey Denny Ricky Johnny Jimmy Miles Bertie Ewan
""")
GIRLS = words("""
Olivia Amelia Isla Ava Mia Ivy Lily Isabella Rosie Sophia Grace Freya Willow Florence Emily Ella
Poppy Evie Elsie Charlotte Evelyn Sienna Sofia Daisy Phoebe Sophie Alice Harper Matilda Ruby Emma
Emilia Maya Millie Isabelle Eva Luna Jessica Ada Aria Arabella Maisie Esme Eliza Penelope Bonnie
Chloe Violet Mila Imogen Elizabeth Lucy Molly Eleanor Orla Erin Ellie Amber Summer Rose Thea Lola
Delilah Hallie Robyn Darcie Darcy Margot Edith Nancy Clara Georgia Scarlett Holly Zara Lottie
Hannah Abigail Lilly Martha Heidi Anna Lyla Beatrice Jasmine Megan Bella Lara Hattie Nellie
Maria Annabelle Katie Aurora Iris Maggie Dotty Rebecca Rachel Sarah Lauren Amy Leah Caitlin Bethany
Paige Skye Madison Keira Niamh Skyla Tilly Lexi Faith Hope Sara Zoe Tia Eden Gracie Libby Alexandra
Nicole Natalie Victoria Catherine Katherine Kate Kathryn Laura Jennifer Samantha Danielle Stephanie
Rhiannon Seren Ffion Carys Cerys Mali Aoife Saoirse Roisin Ciara Sinead Orlaith Clodagh Ailsa
Iona Kirsty Eilidh Mhairi Morven Harriet Francesca Josephine Gabriella Gabrielle Julia Juliet
Miriam Naomi Ruth Esther Lydia Tabitha Felicity Jemima Ottilie Ophelia Cordelia Beatrix Constance
Winifred Mabel Dorothy Betty Peggy Ethel Hazel Olive Myla Layla Lacey Lexie Kayla Kayleigh Kiera
Demi Mollie Casey Shannon Jodie Kelsey Courtney Brooke Bailey Nevaeh Khloe Ayla Alana Alayna
Mya Miley Macie Macey Connie Fern Meadow Autumn Wren Indie India Savannah Sapphire Ebony Angel
Frankie Charlie Teddie Alex Billie Ronnie Bobbie Blossom Primrose Posy Flora Cleo Agnes Sylvie
Marnie Ottoline Romilly Saskia Tallulah Verity Xanthe Yvie Etta Nell Nola Nora Rosa Rhea Remi
""")
JOINED_GIRLS = joined(
    "Lily- Ava- Ella- Lilly- Ellie- Evie- Amelia- Lacey- Gracie- Mia- Isla- Olivia- Sophie- Ruby-",
    "Mae Rose May Grace Rae Louise Marie Jane Lou Leigh",
)
JOINED_BOYS = joined(
    "Alfie- Tommy- Billy- Bobby- Riley- Oliver- Ronnie- Harley- Teddy- Logan- Freddie- Charlie-",
    "Lee Joe James Jay John George Ray Jack",
)
MIDDLE_BOYS = words("""
James William John Thomas George David Lee Michael Joseph Alexander Robert Edward Peter Jack Paul
Charles Daniel Christopher Andrew Anthony Henry Patrick Stephen Samuel Alan Ian Mark Philip Matthew
Ray Kevin Richard Benjamin Arthur Francis Frederick Stanley Albert Jon Luke Oliver Scott Wayne
""")
MIDDLE_GIRLS = words("""
Rose Grace May Louise Elizabeth Jane Ann Anne Marie Mae Lily Olivia Rae Mary Catherine Isabella
Jean Margaret Victoria Charlotte Alice Sophia Hope Faith Kate Lucy Helen Ruth Emily Florence Ivy
Jade Nicole Michelle Claire Amelia Eve Beth Lynn Dawn Joan Ellen Eleanor Annabel Daisy Frances
""")
FAMILIES = words("""
Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker
White Roberts Green Hall Wood Jackson Clarke Clark Thomas Harris Lewis Turner Hill Cooper Edwards
Ward Moore Martin Morris Harrison King Baker Watson Morgan Allen Anderson Phillips Scott James
Bell Lee Parker Mitchell Davis Bennett Price Griffiths Cox Cook Young Shaw Miller Richardson
Marshall Adams Collins Carter Simpson Bailey Murphy Gray Ellis Murray Wilkinson Campbell Stewart
Kelly Hughes Chapman Webb Mason Rogers Hunt Stevens Knight Fox Palmer Mills Holmes Barnes Matthews
Lloyd Powell Butler Fisher Russell Barker Jenkins Dixon Reynolds Graham Foster Gibson Fletcher
Andrews Ford Elliott Reid Stevenson Hamilton Payne Pearson Fuller Day Lawrence Lawson Berry Walsh
Ryan Burns O'Brien O'Connor O'Neill Doyle Kennedy Byrne Gallagher Sullivan O'Sullivan McCarthy
McDonald MacDonald McKenzie Duffy Quinn Hart Carr Cunningham Grant Robertson Ross Ferguson Hayes
Gardner Harvey Perry Wells West Cole Jordan Porter Hudson Spencer Watts Wheeler Bradley Booth Rose
Stone Dean Pearce Francis Burton Nicholson Newman Hawkins Warren Sutton Lowe Riley Page Black
Cross Goodwin Barrett Lane Poole Bishop Curtis Atkinson Armstrong Hewitt Hodgson Bates Parsons
Gregory Banks Bird Frost Gibbs Nash Lamb Long Pope Savage Sharp Short Swift Tate Tyler Vaughan
Wade Walton Watkins Welch Whitehead Yates Hardy Hancock Fleming Douglas Dawson Crawford Cooke
Chambers Carpenter Bull Brooks Brady Bowen Bond Blake Bentley Barlow Barber Ball Austin Arnold
Abbott Glover Goddard Finch Smart Steele Stephens Stokes Storey Talbot Thornton Tucker Waters
Winter Wyatt Doherty Boyle Flynn
""")
TAIL = joined(
    """Ash Thorn Hol Brad Whit Black Brom Nor Sut Wes Eas Mid Up Bel Cal Dan Ear Fair Gar Hat Ken
    Lang Mar Net Ox Pen Rad Sal Stan Tad Wal Win Wood York Ald Bar Cran Crox Der Dun Elm Farn Gold
    Had Haw Hey Hind Ing Kirk Lam Lin Lock Mel Nun Oak Pres Rams Red Row San Sed Shel Ship Skel
    Stave Swin Thor Til Ure Wake War Wat Wen Wil Wor Bramp Catter Dod Ever Fother Grin Hazel""",
    """ton ley worth field well wood ford ham by shaw bourne croft den stead ridge comb wick thorpe
    gate land more bury burn son well cliffe bank head man over hurst stone combe low""",
)
