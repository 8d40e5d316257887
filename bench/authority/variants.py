"""Other names of one child: short forms, second spellings, and how scripts are carried over.

Written from how people in England are called and registered. It knows nothing of the matcher,
so that the matcher meets forms that it was not written for.
"""

import re
from random import Random

_SHORT_FORMS = """
Oliver Ollie Olly; George Georgie; Arthur
Artie Art; Harry Haz; Jack Jackie; Charlie Charles Chaz; Jacob Jake Cobie; Henry Harry Hal Hen;
Thomas Tom Tommy; Frederick Fred Freddie; Theodore Theo Ted Teddy; William Will Bill Billy Liam;
Joshua Josh; Alexander Alex Xander Sandy Al Lex; James Jim Jimmy Jamie; Isaac Ike Zac; Edward Ed
Eddie Ted Ned; Lucas Luke; Max Maxwell; Samuel Sam Sammy; Daniel Dan Danny; Joseph Joe Joey;
Benjamin Ben Benji Benny; Reggie Reginald; Louis Lou Louie; Ronnie Ronald; Elijah Eli; Albie
Albert; Zachary Zach Zac Zak; Reuben Ben; Bobby Robert; David Dave Davey; Tobias Toby; Matthew
Matt Matty; Gabriel Gabe; Nathan Nate; Nathaniel Nathan Nate; Caleb Cal; Albert Bertie Al Albie;
Michael Mike Mikey Mick; Stanley Stan; Christopher Chris Kit Topher; Robert Rob Bob Bobby Robbie
Bert; John Johnny Jack; Dominic Dom; Patrick Paddy Pat; Nicholas Nick Nicky; Andrew Andy Drew;
Peter Pete; Jonathan Jon Jonny; Anthony Tony Ant; Timothy Tim; Stephen Steve Stevie; Cameron Cam;
Ethan Eth; Harrison Harry; Sebastian Seb Bas; Finley Fin; Callum Cal; Leonardo Leo; Harvey Harv;
Vincent Vinnie; Felix Fe; Gregory Greg; Philip Phil Pip; Simon Si; Wilfred Wilf Fred; Percival
Percy; Ernest Ernie; Sidney Sid; Alistair Ali Al; Jeremiah Jerry Jem; Emmanuel Manny Emma;
Montgomery Monty; Terence Terry; Kenneth Ken Kenny; Raymond Ray; Lawrence Larry Laurie; Maximilian
Max; Augustus Gus; Bartholomew Bart; Jayden Jay; Jaxon Jax; Olivia Liv Livvy Ollie; Amelia Millie
Amy Mia; Isabella Bella Izzy Issy; Isabelle Izzy Belle Issy; Isabel Izzy; Rosie Rose; Sophia Soph
Sophie; Sophie Soph; Florence Flo Florrie Flossie; Emily Em Emmy Millie; Eleanor Ellie Nell Nellie
Nora; Evelyn Evie Eve; Charlotte Lottie Charlie Lotte; Matilda Tilly Tilda Mattie; Harriet Hattie
Harri; Elizabeth Lizzie Beth Liz Eliza Betty Libby Elsie Betsy; Penelope Penny Nell; Jessica Jess
Jessie; Arabella Bella Ara; Maisie Mae; Imogen Immy Immie; Scarlett Scar; Georgia George Georgie;
Georgina Georgie Gina; Hannah Han; Abigail Abi Abbie Gail; Martha Marty Mattie; Beatrice Bea Bee
Trixie; Jasmine Jas Jazz Minnie; Megan Meg Meggie; Annabelle Anna Belle Annie; Katie Kate Kat;
Margaret Maggie Meg Peggy Daisy Greta; Rebecca Becky Becca Bex; Rachel Rach; Sarah Sally Sadie;
Lauren Laurie Lol; Bethany Beth; Madison Maddie Maddy; Madeleine Maddie Maddy; Gracie Grace;
Alexandra Alex Lexi Sandra Lexie; Nicole Nicky Nic; Natalie Nat Tilly; Victoria Vicky Tori;
Catherine Cath Kate Cathy Katie; Katherine Kate Kathy Katie Kit Kitty; Laura Laurie; Jennifer Jen
Jenny; Samantha Sam Sammy; Danielle Dani Danny; Stephanie Steph; Francesca Fran Frankie Chess;
Josephine Josie Jo; Gabriella Gabby Ella Gabi; Gabrielle Gabby Elle; Jemima Mima Jem; Constance
Connie; Winifred Winnie Freda; Dorothy Dot Dottie Dolly; Savannah Sav Annie; Tabitha Tabby;
Felicity Fliss Flick; Philippa Pippa Pip; Theresa Tess Tessa; Susannah Susie Sue; Deborah Debbie
Deb; Patricia Pat Trish; Christina Tina Chrissie; Lillian Lily; Caitlin Cait Katie; Cordelia
Delia; Rhiannon Rhi; Tallulah Lula; Mohammed Mo Moh; Ibrahim Ibby Ibra; Yusuf Yus Joe; Abdullah
Abz Abdul; Sulaiman Sully; Khadija Dija; Maryam Maz Mary; Zainab Zee; Aisha Ash Aish; Fatima Tima;
Mustafa Mus Musti; Hussain Hus; Gurpreet Gary Preet; Harpreet Harry Preet; Jaspreet Jas Jazz;
Manpreet Mani Manny; Sukhdeep Sukhi; Harjit Harj; Rajveer Raj; Aleksander Alek Olek Alex;
Aleksandra Ola Ala Alex; Katarzyna Kasia Kate; Małgorzata Gosia Maggie; Agnieszka Aga; Zuzanna
Zuzia Susie; Jakub Kuba Jake; Stanisław Staś Stan; Krzysztof Krzys Chris; Tomasz Tomek Tom; Piotr
Piotrek Peter; Magdalena Magda; Oleksandr Sasha Alex; Oleksandra Sasha Lesia; Dmytro Dima;
Kateryna Katya Kate; Anastasiia Nastya; Mykhailo Misha Mike; Volodymyr Vova; Daria Dasha; Mariia
Masha; Andrei Andy; Alexandru Alex; Ștefan Stef Steve; Oluwaseun Seun; Oluwatobi Tobi; Temitope
Temi Tope; Ayomide Ayo; Toluwani Tolu; Damilola Dami; Chukwuemeka Emeka; Chidinma Chidi; Chiamaka
Amaka; Oluwadamilare Dare Dami; Opeyemi Ope; Ayodele Ayo Dele; Babatunde Tunde; Simisola Simi;
Funmilayo Funmi; Eniola Eni; Ifeanyi Ify; Abdirahman Abdi; Abdullahi Abdi; Beatriz Bia; Gabriela
Gabi; Alejandro Alex Ale; Santiago Santi; Francisco Paco; João Joe; Hüseyin Huso; Mehmet Memo
"""
_SPELLINGS = """
Muhammad Mohammed Mohammad Mohamed Muhammed Mohamad Muhamad Mohamud Mahamed Md Mohd Mehmed; Ahmed
Ahmad Ahmet Ahamed Achmed; Hussain Hussein Husain Hossain Hussien Husein Hossein Hüseyin; Hassan
Hasan Hasaan Hassen; Yusuf Yousef Yousuf Youssef Yusef Yousaf Yosef Yoosuf; Ali Aly Aliy; Ibrahim
Ebrahim Ibraheem Ibrahem Brahim İbrahim; Ismail Ismaeel Ismael Esmail Ismaïl Ismaiel; Abdullah
Abdulla Abdallah Abdullahi Abdoullah; Omar Umar Omer Umer Ömer; Usman Osman Uthman Othman;
Abdul_Rahman Abdulrahman Abdur_Rahman Abdurrahman Abdelrahman Abdirahman Abd_al-Rahman
Abdul_Rehman; Abdul_Aziz Abdulaziz Abdelaziz Abdiaziz; Abdul_Hadi Abdulhadi Abdelhadi; Abdul_Malik
Abdulmalik Abdelmalek; Abdul_Karim Abdulkarim Abdelkarim Abdikarim; Abdul_Wahab Abdulwahab
Abdelwahab; Abdur_Raheem Abdul_Rahim Abdulrahim Abdirahim; Hamza Hamzah Hamsa; Mustafa Mustapha
Moustafa Mostafa; Bilal Belal Bilaal; Khalid Khaled Kalid Khalad; Zakariya Zakaria Zakariyya
Zachariah Sakariya; Idris Idrees Idriss; Sulaiman Suleiman Suleman Sulayman Soliman Süleyman;
Dawud Dawood Daud Daoud; Haris Harris Haaris Hares; Rayyan Rayan Rayaan Ryan; Ayaan Ayan Ayyan;
Zayn Zain Zane Zein Zayan; Eesa Isa Essa Issa Eisa; Musa Moosa Mousa Moussa; Yahya Yahia Yahiya;
Haroon Harun Haroun; Umair Omair; Zubair Zubayr Zubeir; Faisal Faysal Feisal; Tariq Tarek Tareq
Tarik; Qasim Kasim Kassem Qassim; Junaid Junayd Juned; Shoaib Shuaib Shoeb; Saad Sad Saed; Salah
Saleh Salih; Said Saeed Sayed Saied Syed Sayyid; Rashid Rasheed Rachid; Hamid Hameed; Karim
Kareem; Nabil Nabeel; Salim Saleem Selim; Rahim Raheem; Majid Majeed Magid; Farid Fareed; Walid
Waleed Oualid; Jamal Gamal Jamaal Djamel; Khan Kahn Khaan; Chaudhry Choudhry Chowdhury Choudhury
Chaudhary Chaudry Choudhary Chowdhry; Malik Malek Mallick Maalik; Sheikh Shaikh Shaykh Sheik
Cheikh; Qureshi Quraishi Koreshi Qurashi; Rehman Rahman Rehmaan Raman; Akhtar Akhter Aktar Akther;
Begum Begam Begom Begun; Bibi Bi Beebi; Miah Mia Mya Miya Meah; Uddin Udin Oddin Ud_Din; Khatun
Khatoon Katun; Khanom Khanam Khanum; Haque Hoque Huq Haq Hoq; Siddiqui Siddique Siddiqi Sidiqui;
Mahmood Mahmoud Mehmood Mahmud Mohamud; Iqbal Eqbal Ikbal; Mirza Merza; Bashir Basheer Bachir;
Aziz Azeez Aziez; Butt Bhatt; Mohammadi Muhammadi; Fatima Fatimah Fathima Fatma Fatema Faatimah
Faduma Fadumo; Aisha Ayesha Aysha Aishah Aicha Aaisha Ayse Caasha; Maryam Mariam Maryum Meryem
Mariyam Myriam Maryan Miriam; Zainab Zaynab Zeinab Zainib Zeynep Zaineb; Khadija Khadijah Khadeeja
Kadija Hatice Khadiza; Amina Aminah Aamina Ameena Aminata; Hafsa Hafsah Hafza; Safa Safaa Safah;
Sumaya Sumayya Sumaiya Sumayah Soumaya; Yasmin Yasmeen Yasmine Jasmin Yasemin Jasmine; Noor Nour
Nur Noora; Iman Eman Imaan; Halima Haleema Halimah Halimo; Nadia Nadiya Nadya; Zahra Zahraa Zara
Zehra Zara; Layla Leila Laila Leyla Layla; Hana Hanna Hanah; Inaya Inayah Anaya Enaya; Rukhsana
Ruksana Rokhsana; Sadia Sadiya Saadia; Salma Selma; Safiya Safiyya Sofia Safia; Sana Sanaa; Laiba
Layba; Bushra Bushraa; Ruqayyah Ruqaya Rukaya Ruqayya; Huda Hoda; Reem Rim; Nimco Nimo; Cabdi
Abdi; Xasan Hassan; Ayub Ayoub Ayyub; Anas Anass; Gurpreet Gurprit; Harpreet Harprit; Jaspreet
Jasprit; Dhillon Dillon Dhilon; Sandhu Sandu; Grewal Garewal; Dhaliwal Dhariwal Dhaliwall;
Krishnan Krishna Kirshnan; Lakshmi Laxmi; Dhruv Druv; Shreya Sreya; Shiv Siv; Sivakumar
Shivakumar; Vikram Bikram; Pooja Puja; Meera Mira; Diya Dia; Riya Ria Rhea; Aarav Arav; Mistry
Mistri; Rathod Rathore; Mukherjee Mukerji; Banerjee Banerji; Ganesh Ganeshan; Nguyen Nguyên; Zhang
Chang Cheung; Chen Chan; Wang Wong; Huang Wong Ng; Li Lee; Lin Lam Lim; Liu Lau; Zhou Chow; Xu Hsu
Tsui; Zhao Chiu; Ye Yip; Liang Leung; Yang Yeung; Wu Ng; Guo Kwok; Zheng Cheng; Xie Tse; Deng
Tang; Luo Lo; He Ho; Jakub Jacob; Aleksander Alexander Aleksandr Oleksandr; Aleksandra Alexandra
Oleksandra; Wiktoria Victoria Viktoria Viktoriya; Michał Michael; Mateusz Matthew Matheus; Filip
Philip; Piotr Peter; Paweł Paul; Zofia Sofia Sophia Sofiia; Natalia Nataliya Natalya Nathalie;
Julia Yuliia Yulia Juliya; Anastasiia Anastasia Anastasiya; Mariia Maria Mariya; Dmytro Dmitry
Dmitri Dmitrij Dimitri; Andriy Andrii Andrei Andrey Andrij; Mykhailo Mikhail Mihail Mykhaylo;
Kateryna Katerina Ekaterina Yekaterina; Serhiy Sergei Sergey Serhii; Yevhen Evgeny Yevgeny; Illia
Ilya Ilia; Iryna Irina; Olena Elena; Tetiana Tatiana Tatyana; Svitlana Svetlana; Mykola Nikolay
Nikolai; Kowalski Kovalski; Kovalenko Kowalenko; Shevchenko Szewczenko Shevtchenko; Melnyk Melnik;
Horváth Horvat; Kuznetsov Kuznecov; Petrovs Petrov; Ivanovs Ivanov; Ștefan Stefan Stephan;
Alexandru Aleksandru Alexander; Cristian Christian; Matei Matthew; Oluwaseun Oluwashun;
Chukwuemeka Chukuemeka; Adeyemi Adeyemo; Okafor Okafo; Owusu Owuso; Boateng Boatang; Jalloh Jallow
Diallo; Koroma Koroma; Warsame Warsama; Mohamud Maxamuud; Abdi Abdy; Lucas Lukas; Thomas Tomas;
José Jose Joseph
"""
_ENGLISH_SPELLINGS = """
Sophie Sofie; Sophia Sofia; Isabella Izabella; Isabelle Isabel Isobel Isabell; Sara Sarah; Hannah
Hanna; Kayleigh Kaylee Kayley Keeley; Ellie Elly; Lily Lilly Lillie; Millie Milly; Molly Mollie;
Evie Evi Eevie; Darcy Darcey Darcie; Lacey Lacie Lacy; Lexi Lexie Lexy; Maisie Maisy Maizie;
Abigail Abigael; Bethany Bethanie; Catherine Katherine Kathryn Catharine; Caitlin Kaitlyn Caitlyn
Katelyn; Megan Meghan Meagan; Rebecca Rebekah; Rachel Rachael; Zoe Zoey; Chloe Khloe Chloé; Phoebe
Pheobe; Amelia Emelia; Amy Aimee; Ann Anne; Eleanor Elinor Eleanore; Niamh Neve; Ciara Kiera
Keira; Sienna Siena; Harriet Harriett; Scarlett Scarlet; Charlotte Charlot; Freya Freyja; Imogen
Imogene; Jasmine Jasmin Jazmin; Alice Alys; Robyn Robin; Georgia Jorja; Aria Arya; Poppy Poppie;
Erin Eryn; Niall Neil; Sean Shaun Shawn; Conor Connor Conner; Aiden Aidan Ayden; Jayden Jaiden
Jaydon; Kayden Kaiden; Jaxon Jackson Jaxson; Callum Calum; Finley Finlay Finnley; Rhys Reece Rees;
Harvey Harvie; Riley Reilly Ryley; Charlie Charley; Freddie Freddy; Alfie Alfy; Archie Archy;
Ollie Olly; Leo Leon; Louis Lewis Luis; Stephen Steven; Jonathan Jonathon; Matthew Mathew;
Nicholas Nicolas; Philip Phillip; Alexander Alexandar; Zachary Zachery Zackary; Isaac Issac;
Elliot Eliot Elliott; Jamie Jaime; Theo Theodor; Toby Tobie; Tyler Tylor; Kian Kyan Cian; Kieran
Kieron Ciaran; Bailey Baileigh; Taylor Tayler; Dominic Dominick; Michael Micheal; Joe Jo; Brandon
Brandan; Smith Smyth Smithe; Taylor Tayler; Clark Clarke; Brown Browne; White Whyte; Green Greene;
Davies Davis; Philips Phillips Philipps; Thompson Thomson; Johnson Johnston Jonson; Stephens
Stevens; Reid Read Reed; Allen Allan Alan; Moore More; Wright Right; Stewart Stuart; Harrison
Harison; Matthews Mathews; Pearce Pierce Pearse; Cooke Cook; McDonald MacDonald Macdonald;
McKenzie MacKenzie; McCarthy MacCarthy; Webb Web; Bailey Bayley; Hughes Hughs; Gray Grey; Lawrence
Laurence; Elliott Elliot Eliot; Nicholson Nicolson; Knight Night; Shaw Shore; Burns Byrnes;
Doherty Docherty Dougherty; Robertson Roberson; Griffiths Griffith; Jenkins Jenkin; Rogers
Rodgers; Barrett Barret; Garrett Garret; Hewitt Hewett; Leigh Lee; Lowe Low; Paine Payne
"""


def _groups(text: str) -> list[list[str]]:
    return [
        [word.replace("_", " ") for word in group.split()]
        for group in text.split(";")
        if group.strip()
    ]


def _others(text: str) -> dict[str, tuple[str, ...]]:
    """Each spelling and the others of its groups."""
    found: dict[str, tuple[str, ...]] = {}
    for group in _groups(text):
        for word in group:
            rest = tuple(other for other in group if other != word)
            found[word] = found.get(word, ()) + rest
    return found


SHORT_FORMS = {group[0]: tuple(group[1:]) for group in _groups(_SHORT_FORMS)}
SPELLINGS = _others(_SPELLINGS)
ENGLISH_SPELLINGS = _others(_ENGLISH_SPELLINGS)
# How letters come out when somebody else writes a name from its sound or from another script.
SOUNDS = [
    (re.compile(pattern), out)
    for pattern, out in (
        ("ee", "i"), ("oo", "u"), ("ou", "u"), ("ph", "f"), ("q", "k"), ("kh", "k"), ("w", "v"),
        ("v", "w"), ("ei", "ai"), ("ai", "ay"), ("ah$", "a"), ("a$", "ah"), ("(?<=[a-z])y", "i"),
        ("iy", "y"), ("aa", "a"), ("dh", "d"), ("sh", "s"), ("(?<=[a-z])s(?=[aeiou])", "ss"),
        ("mm", "m"), ("ll", "l"), ("ss", "s"), ("rr", "r"), ("tt", "t"),
        ("u(?=[bdflmnrs]$)", "oo"), ("i(?=[bdlmnr]$)", "ee"),
        ("e", "i"), ("o", "u"), ("c", "k"), ("k", "c"), ("z", "s"), ("iia", "ia"), ("x", "ks"),
        ("sz", "sh"), ("cz", "ch"), ("th", "t"), ("zh", "j"), ("j", "y"), ("ae", "e"), ("ie", "ei"),
    )
]  # fmt: skip
FOREIGN_LETTERS = str.maketrans(
    "ąćęłńóśźżĄĆĘŁŃÓŚŹŻăâîșțĂÂÎȘȚčďěňřšťůýžČĎĚŇŘŠŤŮÝŽáéíúäöüÁÉÍÚÄÖÜãõçñêôàèìòùïÃÕÇÑşğıİŞĞāēģīķļņūĀĒĢĪĶĻŅŪ"
    "ėįųĖĮŲ",
    "acelnoszzACELNOSZZaaistAAISTcdenrstuyzCDENRSTUYZaeiuaouAEIUAOUaocneoaeiouiAOCNsgiISGaegiklnuAEGIKLNU"
    "eiuEIU",
)


def short_form(rng: Random, given: str) -> str:
    """What a child of this name may be called, or nothing."""
    forms = SHORT_FORMS.get(given)
    return rng.choice(forms) if forms else ""


def other_spelling(rng: Random, word: str) -> str:
    """A second spelling of a name from elsewhere: a known one, or one made from its sounds."""
    known = SPELLINGS.get(word)
    if known and rng.random() < 0.8:
        return without_diacritics(rng.choice(known)) if word.isascii() else rng.choice(known)
    fitting = [(pattern, out) for pattern, out in SOUNDS if pattern.search(word)]
    if not fitting or len(word) < 4:
        return word
    pattern, out = rng.choice(fitting)
    return pattern.sub(out, word, count=1)


def english_spelling(rng: Random, word: str) -> str:
    """Another way in which English people write the same name, or the name itself."""
    known = ENGLISH_SPELLINGS.get(word)
    return rng.choice(known) if known else word


def without_diacritics(text: str) -> str:
    """The name as a machine with twenty-six letters keeps it."""
    return text if text.isascii() else text.translate(FOREIGN_LETTERS)
