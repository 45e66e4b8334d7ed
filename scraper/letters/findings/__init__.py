"""What a sentence says: its themes, whether it praises or blames, the pace it states."""
