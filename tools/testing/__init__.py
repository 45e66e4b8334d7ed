"""How well the tests hold the code: branches they take, mutants they let live."""
