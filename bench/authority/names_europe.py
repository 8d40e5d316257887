"""Names from Europe beyond these islands, from China and from Vietnam."""

from bench.authority.names_british import joined, words

POLISH_BOYS = words("""
Jakub Antoni Jan Filip Kacper Adam Oliwier Szymon Michał Aleksander Mateusz Dawid Wojciech Piotr
Bartosz Maksymilian Łukasz Igor Paweł Krzysztof Tomasz Kamil Patryk Dominik Oskar Marcel Tymon
Franciszek Mikołaj Stanisław Wiktor Sebastian Hubert Konrad Grzegorz Rafał Marcin Nikodem Borys
""")
POLISH_GIRLS = words("""
Zuzanna Julia Maja Hanna Lena Alicja Oliwia Zofia Amelia Maria Nadia Wiktoria Natalia Gabriela
Aleksandra Nikola Anna Katarzyna Małgorzata Agnieszka Kinga Laura Pola Iga Magdalena Karolina
Martyna Kornelia Antonina Barbara Weronika Emilia Michalina Łucja Róża Jagoda Izabela Kaja Elżbieta
""")
POLISH_FAMILIES = words("""
Nowak Kowalsk* Wiśniewsk* Wójcik Kowalczyk Kamińsk* Lewandowsk* Zielińsk* Szymańsk* Woźniak
Dąbrowsk* Kozłowsk* Jankowsk* Mazur Wojciechowsk* Kwiatkowsk* Krawczyk Kaczmarek Piotrowsk*
Grabowsk* Zając Pawłowsk* Michalsk* Król Wieczorek Jabłońsk* Wróbel Nowakowsk* Majewsk* Olszewsk*
Stępień Malinowsk* Jaworsk* Adamczyk Dudek Nowick* Pawlak Górsk* Witkowsk* Walczak Sikora Baran
Rutkowsk*
""") + joined(
    "Bor Jan Mal Mich Pietr Sob Szcz Wal Zal Adam Bart Głow Kub Łuk Maj Ostr Rog Stan Tom Urb Żur",
    "owsk* ewsk* iak czak owicz ik ińsk* eck* ulsk* aszek",
)
ROMANIAN_BOYS = words("""
Andrei David Alexandru Luca Matei Gabriel Ștefan Ionuț Mihai Cristian Florin Marian Darius Rareș
Constantin George Nicolae Vlad Robert Denis Fabian Raul Sebastian Eduard Daniel Adrian Bogdan Răzvan
""")
ROMANIAN_GIRLS = words("""
Maria Sofia Andreea Elena Ioana Alexandra Daria Ana Antonia Ștefania Bianca Gabriela Denisa Larisa
Mihaela Raluca Roxana Sara Eva Patricia Cristina Anastasia Rebeca Lavinia Iasmina Crina Mălina
""")
ROMANIAN_FAMILIES = words("""
Popa Popescu Ionescu Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Rusu Munteanu Constantin Lazăr
Marin Nistor Florea Dobre Dinu Georgescu Ștefan Moldovan Ungureanu Tudor Barbu Cristea Neagu Sandu
Lăcătuș Ciurar Covaci Rostaș Varga Mureșan Crișan Bălan Toma Oprea Vasile Voicu Ene Badea Șerban
""") + joined(
    "Andri Bog Călin Dan Emin Filip Grig Ili Jur Lup Mari Nicol Pav Rad Sim Teod Văcăr Zamf",
    "escu eanu oiu aru ache ușcă",
)
SLAVIC_BOYS = words("""
Oleksandr Maksym Dmytro Artem Andriy Nikolay Ivan Georgi Dimitar Aleksandr Daniil Mykhailo Bohdan
Vladyslav Yaroslav Serhiy Petar Kaloyan Boris Viktor Matej Tomáš Jakub Lukáš Samuel Adrián Marek
Martin Stefan Todor Plamen Kristiyan Denis Nikita Kirill Timur Ruslan Illia Yevhen Vasil
""")
SLAVIC_GIRLS = words("""
Anastasiia Sofiia Mariia Yuliia Daria Kateryna Viktoriya Polina Anna Yelyzaveta Oleksandra Ksenia
Elena Ivana Gergana Desislava Nikol Simona Natália Ema Tereza Kristína Nina Lucia Zuzana Veronika
Olena Iryna Tetiana Svitlana Yana Alina Vira Milana Arina Kira Eva Raya Monika Teodora
""")
SLAVIC_FAMILIES = words("""
Ivanov* Dimitrov* Petrov* Georgiev* Kovalenko Shevchenko Bondarenko Stoyanov* Todorov* Nikolov*
Angelov* Hristov* Horváth* Kováč* Varga* Tóth* Nagy* Baláž* Novák* Polák* Boyko Kravchenko Tkachenko
Melnyk Kuznetsov* Popov* Sokolov* Volkov* Morozov* Pavlov* Lysenko Marchenko Rudenko Savchenko Moroz
Oláh* Lakatoš* Gábor* Pokuta* Mirga* Kolev* Iliev* Vasilev* Marinov* Asenov* Yordanov* Mihaylov*
""")
BALTIC_BOYS = words("""
Lukas Matas Dominykas Jokūbas Nojus Domas Kajus Benas Herkus Adomas Jonas Rokas Tomas Mantas Emils
Roberts Markuss Artūrs Kristaps Rihards Ralfs Aleksejs Daniels Edgars Ričardas Ignas Tadas
""")
BALTIC_GIRLS = words("""
Emilija Liepa Lėja Sofija Gabija Amelija Ugnė Austėja Viltė Kamilė Goda Elzė Rugilė Urtė Agnė
Annija Elīza Madara Laura Evelīna Samanta Viktorija Kotryna Greta Ieva Miglė Karolina
""")
BALTIC_FAMILIES = words("""
Kazlausk# Jankausk# Petrausk# Stankevič# Vasiliausk# Žukausk# Butk# Paulausk# Urbon# Kavaliausk#
Navick# Ramanausk# Bērziņ~ Kalniņ~ Ozoliņ~ Jansons Ozol~ Liepiņ~ Krūmiņ~ Balod~ Eglīt~ Zariņ~
Petrovs Ivanovs Vasiļjevs Balčiūn# Rimk# Šimk# Mockev# Sakalausk# Žilinsk# Adomait# Kairy#
""")
IBERIAN_BOYS = words("""
João Gabriel Lucas Miguel Rafael Tiago Diogo Pedro Santiago Mateo Diego Martim Rodrigo Afonso André
José Luís Carlos Juan Alejandro Leonardo Enzo Davi Bernardo Lorenzo Marco Francesco Thiago Nicolás
""")
IBERIAN_GIRLS = words("""
Maria Beatriz Leonor Matilde Ana Mariana Sofía Valentina Lucía Camila Isabela Inês Carolina Laura
Martina Giulia Alice Helena Letícia Luana Rafaela Yasmin Paula Daniela Andrea Ariana Salomé Noemí
""")
IBERIAN_FAMILIES = words("""
Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Martins Sousa Fernandes Gonçalves Gomes Lopes
Marques Almeida García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Díaz Moreno
Ramírez Torres Vargas Castro Rossi Russo Ferrari Bianchi Romano Correia Teixeira Mendes Carvalho
Araújo Barbosa Cardoso Moreira Nunes Pinto Ribeiro Rocha Tavares Vieira Freitas Andrade Henriques
""")
CHINESE_FAMILIES = words("""
Wang Li Zhang Chen Liu Chan Wong Lee Cheung Lam Ng Ho Leung Yang Huang Zhao Wu Zhou Xu Sun Lin Lau
Yip Tang Cheng Chow Tsang Fung Kwok Mak Yuen Ma Zhu Hu Guo He Gao Luo Zheng Liang Xie Song Lai Chu
Kwan Tse Tam Poon Yeung Hui Chiu Choi Lo So Au Siu Yu Xiao Cai Pan Deng Feng Cao Peng Zeng Lu Jiang
""")
CHINESE_PARTS_BOYS = words("""
Zi Hao Yu Xuan Ming Jun Wei Jia Tian Chun Ho Hin Long Yat Lok Chi Kai Yan Ka Tsz Wai Kin Zhi Yi Ze
Bo Cheng Rui Han Yang Shing Pak Man Hei Lap Tung Sum
""")
CHINESE_PARTS_GIRLS = words("""
Yi Xin Yu Han Jia Qi Mei Ling Xuan Yan Zi Wing Hoi Ching Sze Lok Yiu Tung Ka Yuet Hei Tsz Nga Man
Shu Ya Ting Rui Ruo Xi Meng Jing Fei Lan Chun Kiu Lam Suet
""")
VIETNAMESE_BOYS = words(
    "Minh Duc Huy Nam Khoa Long Tuan Anh Quang Hieu Dat Phuc Khang Bao Thanh Son"
)
VIETNAMESE_GIRLS = words(
    "Linh Anh Mai Trang Huong Thao Vy Ngoc Lan Phuong Nhi Chi Thuy Ha My Quynh"
)
VIETNAMESE_FAMILIES = words(
    "Nguyen Tran Le Pham Hoang Phan Vu Dang Bui Do Ho Ngo Duong Ly Dinh Trinh"
)
