"""The directory's pages at the desk: for editors, for workers who ring, for leaders."""
