"""All tables of the plug-in: whoever works on the schema as a whole finds every model here."""

from . import models
from .following import models as following
from .proof import models as proof
from .reporting import models as reporting
from .schema import Base
from .steering import models as steering
from .useful import models as useful

__all__ = ["following", "metadata", "models", "proof", "reporting", "steering", "useful"]

metadata = Base.metadata
