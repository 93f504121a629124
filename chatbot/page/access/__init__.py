"""Who may ask and how much: the guard before every route, logins, the limit a visitor has."""
