"""Addresses of documents and letters."""

from django.urls import path

from onroll.office.casework.views import documents, letter_templates, letters

urlpatterns = [
    path("cases/<str:ref>/documents/", documents.case_documents, name="case_documents"),
    path("cases/<str:ref>/documents/add/", documents.add, name="document_add"),
    path("cases/<str:ref>/documents/<int:pk>/", documents.file, name="document_file"),
    path("cases/<str:ref>/documents/<int:pk>/scan/", documents.scan, name="document_scan"),
    path("cases/<str:ref>/letters/new/", letters.choose, name="letter_new"),
    path("cases/<str:ref>/letters/new/<slug:key>/", letters.write, name="letter_write"),
    path("cases/<str:ref>/letters/<int:pk>/", letters.letter, name="letter"),
    path("cases/<str:ref>/letters/<int:pk>/words/", letters.words, name="letter_words"),
    path("cases/<str:ref>/letters/<int:pk>/draft.pdf", letters.preview, name="letter_preview"),
    path("cases/<str:ref>/letters/<int:pk>/issue/", letters.issue, name="letter_issue"),
    path("cases/<str:ref>/letters/<int:pk>/withdraw/", letters.withdraw, name="letter_withdraw"),
    path("letters/", letter_templates.templates, name="letter_templates"),
    path("letters/add/", letter_templates.add, name="letter_template_add"),
    path("letters/<slug:key>/", letter_templates.template, name="letter_template"),
    path("letters/<slug:key>/change/", letter_templates.change, name="letter_template_change"),
    path("letters/<slug:key>/word/", letter_templates.word, name="letter_template_word"),
    path("letters/<slug:key>/retire/", letter_templates.retire, name="letter_template_retire"),
    path("letters/<slug:key>/restore/", letter_templates.restore, name="letter_template_restore"),
]  # fmt: skip
