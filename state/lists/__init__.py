"""What people and programs are shown: lists, pages, searches, trails."""
