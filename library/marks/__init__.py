"""What a person marks in the library: favourites, and a teacher's tray of what a lesson is made from."""
