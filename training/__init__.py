"""How layers of the models were trained further, on invented cables; nothing of it is needed to use Pilcrow."""
