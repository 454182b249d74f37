"""Languages by their code, and their names, as the engine knows them; for every face."""

from doorstep.languages import NAMES, code_of, name_of

__all__ = ["NAMES", "code_of", "name_of"]
