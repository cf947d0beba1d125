"""From facts and effects to the shapes on the wire, always through a Sight."""
