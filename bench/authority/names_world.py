"""Names from elsewhere, as English lists carry them, by how common they are."""

from bench.authority.names_british import joined, words

MUSLIM_BOYS = words("""
Muhammad Mohammed Mohammad Ibrahim Yusuf Ali Ahmed Abdullah Hamza Adam Zayn Musa Umar Yahya Bilal
Hassan Hussain Ismail Idris Haris Zain Rayyan Ayaan Eesa Isa Ilyas Sulaiman Dawud Harun Khalid
Imran Usman Omar Tariq Faisal Saad Hamid Karim Rashid Salman Shahid Sohail Tahir Waqas Yasin Zubair
Zakariya Junaid Kamran Nadeem Adil Amir Arham Azaan Daniyal Ehsan Fahad Farhan Ghulam Habib Huzaifa
Ihsan Jibril Kashif Luqman Mahir Mikail Mustafa Nabil Nasir Qasim Raheem Rehan Saif Shayan Subhan
Taha Talha Uzair Wahid Yunus Zaid Zakir Anas Ayub Burhan Dawood Fawad Haider Hashim Irfan Javed
Abdul_Rahman Abdul_Aziz Abdul_Hadi Abdul_Malik Abdul_Karim Abdul_Wahab Abdur_Raheem Saleem Shoaib
""")
MUSLIM_GIRLS = words("""
Fatima Aisha Maryam Zainab Khadija Amina Hafsa Safa Ayesha Sara Sumaya Zahra Hana Inaya Anaya Zara
Maryum Aleena Alina Asma Ruqayyah Sana Noor Iman Halima Hira Iqra Laiba Mahnoor Nadia Rabia Saima
Samina Shazia Sobia Sadia Tahira Uzma Yasmin Yusra Zoya Aamina Aliza Amna Anam Areeba Ayat Bushra
Dua Eshal Faiza Farah Habiba Haleema Hania Humaira Javeria Kainat Kiran Maha Mariam Mehreen Minahil
Misbah Nabila Naima Nimra Parveen Rahma Raheela Rida Romaisa Rukhsana Sabah Safiya Salma Sania
Shabnam Sidra Sumaiya Tania Tasnim Tayyaba Umaima Wajiha Yumna Zunaira Alishba Amelia Hoorain
""")
PAKISTANI_FAMILIES = words("""
Khan Hussain Ahmed Ali Mahmood Akhtar Iqbal Shah Malik Hussein Mohammed Rehman Khalid Mirza Bibi
Begum Raja Butt Chaudhry Qureshi Saleem Aslam Ashraf Rashid Rafiq Sheikh Parveen Shabir Nawaz Javed
Anwar Bashir Aziz Siddiqui Ansari Baig Bhatti Dar Farooq Ghafoor Hanif Hashmi Ishaq Kausar Kayani
Latif Majid Masood Nazir Rana Riaz Sadiq Sarwar Tariq Yaqoob Yousaf Zaman Zia Abbasi Afzal Akbar
Altaf Amin Arshad Awan Azam Bukhari Dad Gul Habib Hamid Haq Jabbar Jamil Karim Khaliq Lodhi Maqsood
""")
BANGLADESHI_FAMILIES = words("""
Begum Miah Ali Uddin Ahmed Khatun Hussain Islam Rahman Chowdhury Khanom Hoque Khan Alam Choudhury
Haque Bibi Hossain Akhtar Sultana Kabir Nessa Mia Ullah Malik Talukdar Sarkar Bhuiyan Sikder Kazi
Laskar Mozumder Quddus Rashid Salam Shahid Shamim Abedin Aktar Ara Jahan Parvin Khaled Latif Matin
""")
HINDU_BOYS = words("""
Aarav Arjun Krish Dev Rohan Aryan Vihaan Ishaan Shiv Jay Veer Kian Reyansh Aditya Rishi Neel Om
Ayush Dhruv Kavi Nikhil Rahul Raj Sahil Samir Tejas Yash Akash Anand Ankit Deepak Harsh Hitesh
Kiran Kunal Mihir Nirav Parth Pranav Sanjay Shaan Siddharth Suresh Varun Vikram Vivaan Advik
Ravi Karan Ashwin Gautam Karthik Lakshan Nishanth Pradeep Sai Srikanth Vignesh Yuvan Dhyan Aadi
""")
HINDU_GIRLS = words("""
Anaya Aanya Diya Priya Anika Riya Isha Maya Kavya Saanvi Aarya Ananya Avni Krisha Mira Nisha Pooja
Shreya Siya Tara Trisha Vanya Aditi Anjali Asha Bhavya Dhara Divya Gauri Hetal Janvi Jiya Khushi
Lakshmi Manisha Meera Neha Nidhi Pari Rashmi Rhea Sejal Shivani Sonia Tanvi Tulsi Urvi Vidhi Yashvi
Aadhya Akshara Dhanya Harini Lavanya Nila Pavithra Sahana Swetha Thanvi Varsha Ishani Navya
""")
HINDU_FAMILIES = words("""
Patel Shah Sharma Kumar Mistry Desai Joshi Chauhan Parmar Mehta Lad Solanki Modi Amin Bhatt Trivedi
Gupta Verma Rao Reddy Nair Menon Pillai Iyer Krishnan Kapoor Malhotra Agarwal Jain Raval Thakkar
Vyas Dave Dabhi Gohil Jadav Kotecha Lakhani Makwana Naik Pandya Panchal Popat Rathod Rana Soni
Suthar Tailor Tanna Thakor Vaghela Varsani Vekaria Zala Sivakumar Rajan Balasubramaniam Selvarajah
Thomas Mathew Varghese Joseph George Kurian Philip Chacko Das Dutta Ghosh Banerjee Mukherjee Roy Sen
""")
SIKH_BOYS = words("""
Arjun Gurpreet Harpreet Jaspreet Manpreet Amrit Harjit Jasdeep Gurdeep Karan Sukhdeep Dilpreet
Ranveer Fateh Angad Kabir Jovan Aran Deep Jeevan Armaan Veer Taran Simran Navdeep Ajeet Baljit
Harman Gursharan Sukhraj Jagjit Parminder Rajveer Sahib Tegh Zorawar Avi Shaan Nihal Daya Gurmukh
""")
SIKH_GIRLS = words("""
Simran Jasleen Harleen Gurleen Manpreet Amrit Kiran Harpreet Jaspreet Navneet Asees Anaya Mehar
Ravneet Sukhpreet Amandeep Prabhleen Kirpa Jasmin Ekam Sehaj Gurnoor Mannat Japji Avneet Tavleen
Ishreet Karamjit Baljinder Harsimran Jasmeet Kulwinder Parneet Rajvir Sandeep Tanveer Diya Roop
""")
SIKH_CLANS = words("""
Dhillon Sandhu Gill Sidhu Grewal Bains Atwal Johal Sahota Uppal Dhaliwal Randhawa Mann Cheema Virk
Dosanjh Rai Bhogal Kang Samra Purewal Hayer Nijjar Basra Toor Aujla Sangha Deol Bhullar Khera Lall
""")
ARABIC_BOYS = words("""
Mohamed Ahmed Omar Yousef Ali Hassan Mahmoud Khaled Karim Hussein Abdullah Abdelrahman Mustafa Amir
Anas Hamza Ibrahim Jad Kareem Laith Majd Nour Osama Rami Saif Samir Tarek Waleed Yassin Zaid Zakaria
Bashar Firas Ghassan Haitham Jamal Louay Mazen Nabil Qusay Raed Sami Taha Wissam Yazan Adnan Bilal
""")
ARABIC_GIRLS = words("""
Mariam Sara Fatima Nour Layla Aya Jana Salma Hana Yasmin Rania Dina Farah Huda Lina Malak Rana Reem
Sama Tala Zeinab Amal Asmaa Dalia Dana Ghada Hala Iman Jood Khadija Lama Maha Nada Rahaf Ruba Shahd
Taleen Wafa Yara Zahra Judy Sham Retaj Batoul Amani Bayan Doaa Hiba Israa Mona Noor Rawan
""")
ARABIC_FAMILIES = words("""
Al-Hassan Ahmed Ali Mohamed Hassan Ibrahim Hussein Mahmoud Saleh Al-Ali Khalil Abdullah Al-Ahmad
Mustafa Osman Al-Masri Al-Khatib Hamdan Nasser Haddad Mansour Al-Sayed Abdelrahman Al-Mohammad
Kassem Farah Aziz Salem Suleiman Rashid Al-Jaber Al-Jubouri Al-Shami Darwish Ismail Jaber Kamal
Karim Majeed Najjar Omar Qasim Rahman Sabbagh Taha Yassin Younis Zaki Al-Rashidi El-Sayed
El-Masry Ben_Ali Benali Bouzid Cherif Haddou Mansouri Saidi Slimani Tahiri Ziani Amrani
""") + joined(
    "Al- El-", "Amin Badri Dulaimi Fahad Ghamdi Hadi Halabi Janabi Najar Omari Qadi Tamimi"
)
WEST_AFRICAN_BOYS = words("""
Emmanuel David Daniel Samuel Michael Joshua Joseph Isaac Oluwaseun Tobi Ayomide Toluwani Kwame Kofi
Temitope Chukwuemeka Chidi Emeka Ikenna Obinna Nnamdi Kelechi Chinedu Tunde Femi Segun Kunle Dapo
Ebenezer Prince Caleb Elijah Gabriel Israel Jeremiah Nathan Timothy Victor Oluwatobi Adeolu Ayodele
Babatunde Damilola Gbenga Ifeanyi Kayode Olamide Olumide Oluwadamilare Opeyemi Somto Uche Yaw Kojo
Kwabena Kwaku Nana Ekow Jayden Ethan Nathaniel Raphael Malachi Emeke Zion Jesse Ayo Dayo Bayo
""")
WEST_AFRICAN_GIRLS = words("""
Esther Grace Deborah Abigail Sarah Victoria Precious Blessing Faith Joy Favour Oluwaseun Temitope
Ayomide Chioma Ngozi Adaeze Chidinma Ifeoma Nneka Amarachi Oluchi Chiamaka Adaora Funmilayo Bukola
Yetunde Titilayo Folake Simisola Toluwani Ama Akua Abena Afia Esi Efua Adwoa Akosua Michelle
Princess Goodness Divine Miracle Ruth Rebecca Hannah Elizabeth Christabel Damilola Eniola
Fiyinfoluwa Ibukun Jadesola Kemi Morenike Oluwatamilore Opeyemi Tiwa Zainab Olivia Gabriella
Daniella Naomi
""")
WEST_AFRICAN_FAMILIES = words("""
Mensah Owusu Boateng Adeyemi Okafor Osei Asante Okoro Adebayo Eze Balogun Appiah Agyemang Ojo
Okonkwo Nwosu Amoah Oyelaran Bello Obi Opoku Ansah Acheampong Adu Afolabi Ajayi Akinola Aluko
Antwi Asamoah Ayeni Bankole Chukwu Danso Darko Egbe Ezeh Frimpong Idowu Igwe Johnson Williams
Kamara Conteh Sesay Koroma Bangura Jalloh Turay Kalu Lawal Nkrumah Ofori Ogbonna Okeke Okoye Addo
""") + joined(
    "Ade Olu Ola Akin Ogun Oye Ayo Baba Fola Ibi Owo",
    "yemi wale tunde bayo sanya bode dele kunle femi niyi toye lade shola wole gbade femi biyi",
)
SOMALI_BOYS = words("""
Mohamed Abdi Ahmed Ali Hassan Abdullahi Yusuf Ibrahim Omar Hussein Abdirahman Osman Ismail Mahad
Abdiaziz Abdifatah Abdikarim Abdinasir Adan Bashir Bilal Farah Guled Hamza Hanad Idris Jama Khalid
Liban Mustaf Nuh Sakariya Salah Said Warsame Yahya Zakaria Ayub Dahir Elmi Faisal Isse Mukhtar Nur
""")
SOMALI_GIRLS = words("""
Amina Fatima Hodan Sahra Maryan Hawa Khadija Asha Ayaan Hibo Ikram Ifrah Najma Sumaya Zamzam Deqa
Faduma Fardowsa Halimo Hamdi Idil Kaltun Ladan Muna Nasra Nimco Rahma Ruun Safiya Samira Shukri
Sagal Ubax Yasmin Aniisa Bilan Filsan Hafsa Leyla Nasteho Roda Salma Suad Ilhan
""")
SOMALI_ELDERS = words("""
Mohamed Ali Ahmed Hassan Abdi Omar Hussein Yusuf Farah Warsame Jama Osman Ibrahim Adan Abdullahi
Ismail Nur Mohamud Aden Elmi Guled Isse Dahir Hersi Samatar Duale Egal Awale Roble Shire Mire
Gelle Barre Hirsi Abshir Salad Sheikh Haji Muse Afrah Kulmiye Geedi Diriye Boqor Wehliye Ducale
""")
TURKISH_BOYS = words("""
Yusuf Emir Mehmet Ali Ahmet Mustafa Kerem Deniz Can Eren Kaan Baran Arda Ömer Hüseyin Hasan İbrahim
Çınar Poyraz Emre Berk Burak Cem Efe Furkan Kadir Mert Onur Serkan Tolga Umut Volkan Yiğit Azad
""")
TURKISH_GIRLS = words("""
Zeynep Elif Defne Ayşe Fatma Ela Azra Ecrin Meryem Eylül Nehir Selin Yağmur Melis Derya Esra Gül
Hatice İpek Leyla Merve Özlem Pınar Sevgi Şeyma Tuğba Yasemin Zehra Berfin Rojin Dilan Evin Aylin
""")
TURKISH_FAMILIES = words("""
Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin
Kara Koç Kurt Özkan Şimşek Polat Korkmaz Bozkurt Güneş Aktaş Erdoğan Bulut Güler Tekin Taş Ateş
Acar Avcı Bayram Can Coşkun Duman Ekinci Karaca Keskin Sarı Toprak Turan Uçar Ünal Yalçın Yavuz
""")
