from __future__ import annotations

import pytest

from assistant.claims.polarity import disagreements, read

SAME = [
    ("The minister did not sign the treaty.", "The minister refused to sign the treaty."),
    ("He ruled out a coalition.", "The party would not join a coalition, he said."),
    ("She did not rule out a strike.", "She refused to rule out a strike."),
    ("The port has no money.", "The port ran out of money."),
    ("The ministry replied in March.", "The ministry did not reply until March."),
    ("Exports of grain fell.", "There was a decline in exports of grain."),
    ("The troops left the island.", "The government withdrew its troops from the island."),
    ("The city could not build the bridge.", "The bridge was too expensive to build for the city."),
    ("The mayor is likely to win.", "The mayor is likely to win."),
    ("Inmates were not beaten, the warden said.", "The warden denied that inmates had been beaten."),
    ("Nobody was hurt.", "No one was hurt."),
    ("She does not oppose the dam.", "She does not oppose the dam, and said so."),
    ("Only the second request was granted.", "Only the second was granted by September."),
    ("The minister has not answered.", "The minister has yet to answer."),
    ("She does not oppose the plan.", "She has nothing against the plan."),
    ("He kept silent about the money.", "He did not mention the money."),
    ("He is no friend of the treaty.", "He dislikes the treaty."),
    ("The talks failed.", "The talks did not lead to an agreement."),
    ("The bridge was never built.", "The bridge remained a plan."),
    ("She refused to give names.", "She would not give names."),
    ("The company denied it had paid.", "The company said that it had not paid."),
    ("Nobody was arrested.", "There were no arrests."),
    ("The port is without power.", "The port has no power."),
    ("He failed to convince them.", "He could not convince them."),
    ("The law has not changed.", "The law is as it was."),
    ("The two sides disagree on the price.", "The two sides cannot agree on the price."),
    ("He doubts that the money will come.", "He does not believe that the money will come."),
    ("They are unable to pay.", "They cannot pay."),
    ("The road is closed.", "The road is not open."),
    ("He did not resign.", "He remains in office and will not resign."),
    ("The report leaves out the cost.", "The report does not mention the cost."),
    ("She did not know who had signed.", "She had no idea who had signed."),
    ("The money has not been spent.", "The money is still in the bank, unspent."),
    ("The mayor declined to name the donor.", "The mayor would not name the donor."),
    ("He said the plan was dead because nobody would pay for it.", "The plan, he said, was dead: there was no money."),
    ("The guards did not shoot.", "The guards were told not to shoot, and obeyed."),
    ("Though no order had come, the ships left the port.", "The ships left the port without waiting for an order."),
    (
        "Farmers cannot sell their wheat, as the road is closed.",
        "With the road closed farmers have no way to sell their wheat.",
    ),
    ("The party will not support him unless he drops the tax.", "The party will support him only if he drops the tax."),
    ("No bank will lend the firm money.", "The firm finds no bank that lends to it."),
    ("He has not decided whether to run.", "He said that it was too early to decide whether he would run."),
    ("The talks were not held in Geneva but in Vienna.", "The talks were held in Vienna rather than in Geneva."),
    ("The strike did not stop the trains.", "Trains ran in spite of the strike."),
    ("He does not expect a war.", "He thinks a war unlikely."),
    ("The family refused the money.", "The family would not take the money."),
    ("He rejected the offer of 5 million as too low.", "Five million, he said, was not enough, and he turned it down."),
    ("The law cannot be enforced.", "The law, she said, is impossible to enforce."),
    ("The prisoners have been denied a lawyer.", "The prisoners have no lawyer."),
]
OPPOSITE = [
    ("The minister signed the treaty.", "The minister refused to sign the treaty."),
    ("The minister signed the treaty.", "The minister did not sign the treaty."),
    ("The minister did not sign the treaty.", "The minister signed the treaty."),
    ("He ruled out a strike.", "He refused to rule out a strike."),
    ("The mayor is likely to win.", "The mayor is unlikely to win."),
    ("Exports rose.", "Exports fell last year, while imports rose."),
    ("He has many friends in the party.", "He has few friends in the party."),
    ("She opposes the dam.", "She does not oppose the dam."),
    ("He is against the union.", "He wants the union."),
    ("He is willing to change the treaty.", "He rejects this, because a treaty should not be mended."),
    ("All requests were granted.", "Only the second of the requests was granted."),
    ("The payment arrived on time.", "The payment came two years late."),
    ("He has published the readings.", "He would publish the readings, but fears for his engineer."),
    ("The minister answered.", "The minister has yet to answer."),
    ("He mentioned the money.", "He kept silent about the money."),
    ("She gave names.", "She would not give names."),
    ("He convinced them.", "He failed to convince them."),
    ("The bridge was finished.", "The bridge was never finished."),
    ("The deal went through.", "The deal fell through."),
    ("He signed the letter.", "He stopped short of signing the letter."),
    ("The army still supports him.", "The army no longer supports him."),
    ("He praised the law.", "He criticized the law."),
    ("He gained three seats.", "He lost three seats."),
    ("The fleet grew.", "The fleet shrank."),
    ("The court acquitted him.", "The court convicted him."),
    ("She welcomed the decision.", "She deplored the decision."),
    ("The wall was raised by a meter.", "The wall was lowered by a meter."),
    ("The ministry granted his request.", "The ministry turned down his request."),
    ("The plan was dropped.", "The plan was kept."),
    ("Both know the price.", "Neither knows the price."),
    ("They hid the accounts.", "They published the accounts."),
    ("He forgot the date.", "He remembered the date."),
    ("The ship was empty.", "The ship was full."),
    ("He is eager to sell.", "He is in no hurry to sell."),
    ("He accepted the chair.", "He declined the chair."),
    ("The bank lends to villages.", "The bank refuses to lend to villages."),
    ("He allowed the march.", "He banned the march."),
    ("He likes the law.", "He dislikes the law."),
    ("She regrets the decision.", "She is proud of the decision."),
    ("He rejects the law.", "He likes the law."),
    ("The harvest was good.", "The harvest was poor."),
    ("He is confident that the money will come.", "He doubts that the money will come."),
    ("The witness confirmed the story.", "The witness could not confirm the story."),
    ("He disagreed with the minister.", "He agreed with the minister."),
    ("They kept their land.", "They lost their land."),
    ("He was cleared of the charge.", "He was found guilty of the charge."),
    ("Ties have improved.", "Ties have worsened."),
    ("The firm made a profit.", "The firm made a loss."),
    ("He is optimistic about the talks.", "He expects nothing from the talks."),
    ("The roads are safe.", "The roads are dangerous."),
    ("The president signed the bill.", "The president vetoed the bill."),
    ("The strike was called off.", "The strike went ahead."),
    ("The mayor stepped down.", "The mayor refused to step down."),
    ("He insisted on payment.", "He waived payment."),
    ("He supports the pipeline.", "He objects to the pipeline."),
]


@pytest.mark.parametrize(("statement", "evidence"), SAME)
def test_what_says_the_same_is_no_contradiction(statement: str, evidence: str) -> None:
    assert disagreements(statement, evidence, [evidence]) == ()


@pytest.mark.parametrize(("statement", "evidence"), OPPOSITE)
def test_what_says_the_opposite_is_found(statement: str, evidence: str) -> None:
    assert disagreements(statement, evidence, [evidence])


def test_two_negations_take_each_other_back() -> None:
    assert not any(told.denied for told in read("She refused to rule out a strike.").told if told.word.text == "strike")


def test_a_denial_in_the_sentence_beside_is_seen() -> None:
    around = ["The papers may be real.", "We could not verify them."]
    assert disagreements("The embassy could verify the papers.", around[0], around)


def test_a_denial_behind_a_semicolon_is_of_another() -> None:
    evidence = "Her rival conceded at midnight; his party did not."
    assert disagreements("Her rival refused to concede.", evidence, [evidence])
