"""Short forms of given names that are common in England.

Written for this program from general knowledge of English usage, not taken from a list; it is
far from complete and only widens a search. A pair here never makes two people one.
"""

_GROUPS = """
abdul abdullah abdulrahman
abigail abby abbie gail
alexander alex alec al sandy xander sasha
alexandra alex alexa lexi sandra sasha
alfred alfie fred
amelia amy millie mia
andrew andy drew
anthony antony tony ant
archibald archie
arthur art
benjamin ben benji benny
catherine katherine kathryn cath cathy kate katie kathy kitty
charles charlie chas chuck
charlotte charlie lottie lotty
christine christina chris tina
christopher chris kit topher
daniel dan danny
danielle dani danny
david dave davey
deborah deb debbie
edward ed eddie ned ted teddy
eleanor ellie nell nora ella
elizabeth beth betty eliza libby lily lisa liz lizzie elsie
emily em emmy millie
ethan
florence flo florrie flossie
frances fran frankie
francis frank frankie
frederick fred freddie freddy
gabriel gabe
gabriella gabrielle gabby ella
george georgie
georgina georgia georgie gina
grace gracie
gregory greg
harold harry hal
harriet hattie harri
harrison harry
henry harry hank hal
isabella isabelle isobel bella belle izzy izzie
jacob jake
jacqueline jackie jacqui
james jim jimmy jamie jem
jennifer jen jenny jenni
jessica jess jessie
john jack johnny jon
jonathan jon jonny jonty
joseph joe joey jo
josephine jo josie
joshua josh
judith judy
kimberley kim
lawrence laurence larry laurie
leonard len lenny leo
leonardo leo
lewis louis lou
louise lou
lucy lucinda
madeleine maddie maddy
margaret maggie meg peggy marge margie daisy
martha mattie
matilda tilly tilda mattie
matthew matt matty
maximilian max
megan meg
michael mick micky mike mikey
mohammed mo mohd
nathaniel nathan nat nate
natalie nat
natasha tasha
nicholas nick nicky nico
nicola nicky nikki
oliver ollie olly
olivia liv livvy ollie
patricia pat patsy trish tricia
patrick pat paddy
peter pete
philip phil pip
phoebe
poppy
rebecca becca becky bex
richard rich richie rick ricky dick
robert rob robbie bob bobby bert
ronald ron ronnie
rosemary rosie rose
samantha sam sammy
samuel sam sammy
sarah sara sally sadie
scarlett
sebastian seb
sophia sophie sofia
stephanie steph
stephen steven steve stevie
susan sue suzie susie
theodore theo teddy ted
theresa teresa tess tessa terry
thomas tom tommy
timothy tim timmy
victoria vicky vicki tori
vincent vince vinny
william bill billy will willy liam
winifred winnie freda
yusuf yousef joseph
zachary zac zach zak
"""


def _short_forms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _GROUPS.strip().splitlines():
        full, *rest = line.split()
        for other in rest:
            found.setdefault(full, set()).add(other)
            found.setdefault(other, set()).add(full)
    return {name: frozenset(others) for name, others in found.items()}


# Only a full name and each of its short forms are joined: Charlie reaches Charles and Charlotte,
# and Charles does not reach Charlotte.
SHORT_FORMS = _short_forms()
