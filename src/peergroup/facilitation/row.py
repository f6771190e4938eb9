"""An exercise as a row: all its columns and what follows from them, for whoever only reads it."""

from peergroup.facilitation.models import Exercise, Going
from peergroup.kit.reads.rows import Fields

NAMES = tuple(column.key for column in Exercise.__mapper__.column_attrs)
COLUMNS = tuple(getattr(Exercise, name) for name in NAMES)


class ReadExercise(Going, Fields):
    """The columns of an exercise. Changing them changes nothing."""
