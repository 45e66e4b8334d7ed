"""The doctor: looks at everything the watch stands on, and names a mend for what is wrong."""

from letterwatch.doctor.examination import Examination, examine_all
from letterwatch.doctor.finding import Finding, Level

__all__ = ["Examination", "Finding", "Level", "examine_all"]
