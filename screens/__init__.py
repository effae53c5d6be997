"""What screens are made of, public ones and the staff's: fields, forms, choosers, rights, frames, one writer."""
