"""The Deal: for a council and its partners that do things with people."""
