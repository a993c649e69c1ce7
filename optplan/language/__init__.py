"""What people read, in their language: sentences from the catalogues, numbers, and what paper and screens can show."""

from optplan.language.catalogue import (
    LANGUAGES,
    bilingual,
    current_language,
    default_language,
    find,
    sentences_of,
    speaking,
    text,
)  # fmt: skip
from optplan.language.years import year_name

__all__ = [
    "LANGUAGES", "bilingual", "current_language", "default_language", "find", "sentences_of", "speaking", "text", "year_name",
]  # fmt: skip
