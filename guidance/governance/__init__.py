"""Who is answerable: roles and who holds them, groups, actions, vacancies, and the papers made of them."""
