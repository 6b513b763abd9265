"""Many reports of one deed are one deed: tellings are compared (`compare`), weighed (`judge`) and joined (`index`)."""
