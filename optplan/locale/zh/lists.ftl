comma = 、
semicolon = ；
in-brackets = { $name }（{ $note }）
