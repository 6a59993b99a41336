"""The English edition: the same facts and the same choice of them, in English sentences. Names stay as they are."""
