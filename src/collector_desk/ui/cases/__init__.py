"""The cases page: what banks placed with us, every case, and the way of a file into the store."""
