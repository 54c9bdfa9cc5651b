"""What each kind of turn comes to. Rasa names the action; without Rasa the app names it itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from actions.emergency import detect_emergency
from actions.ordinals import is_none_of_these, ordinal_of
from actions.outcome import Outcome, Suggested
from actions.own_case import is_own_case
from actions.turn import Answers, Turn
from actions.yes_no import yes_or_no
from knowledge.danger import Danger
from knowledge.decision import Decision
from knowledge.errors import KnowledgeError

Rule = Callable[[Turn, Answers], Outcome]

# A told story may sound like small talk, a repeat or a refusal to the intent classifier. From so many characters on,
# what retrieval answers clearly is answered, unless the classifier is this sure; from twice as many on, nobody says
# “again” or “yes” any more, and what retrieval would ask back about is asked back.
_STORY_CHARS = 12
_LONG_STORY_CHARS = 25
_INTENT_SURE = 0.97
_ASKED_FOR_A_PERSON = 0.6


def outcome_of(action: str, turn: Turn, answers: Answers) -> Outcome:
    """The outcome of one turn. Danger comes first, whatever the action. Raises ``KeyError`` for an unknown action.

    What only the meaning tells, not a word of the list, leaves it to a clear answer unless it is sure, or Rasa heard it
    too and it is no long story.
    """
    rule = RULES[action]
    said = detect_emergency(turn.text)
    if said is not None:
        return Outcome("emergency", wording=f"emergency_{said}")
    meant = _danger_meant(action, turn, answers)
    also_heard = action == "action_emergency" and len(turn.text) < _LONG_STORY_CHARS
    if meant is not None and (meant.sure or also_heard):
        return Outcome("emergency", wording=f"emergency_{meant.kind}")
    outcome = _in_safety(action, rule, turn, answers)
    if meant is None or outcome.status in {"smalltalk", "handoff"}:
        return outcome
    if outcome.status == "answered":
        return replace(outcome, note="emergency_first")
    return Outcome("emergency", wording=f"emergency_{meant.kind}")


def _danger_meant(action: str, turn: Turn, answers: Answers) -> Danger | None:
    small_talk = action not in {"action_answer", "action_emergency"} and turn.confidence >= _INTENT_SURE
    if not turn.text or turn.chosen_entry_id is not None or small_talk:
        return None
    try:
        return answers.danger(turn.text)
    except KnowledgeError:
        return None


def _in_safety(action: str, rule: Rule, turn: Turn, answers: Answers) -> Outcome:
    replied = _replied(turn, answers)
    if replied is not None:
        return replied
    if action in _OVERRULED and turn.chosen_entry_id is None and _may_be_a_story(action, turn):
        outcome = answer(turn, answers)
        long = len(turn.text) >= _LONG_STORY_CHARS
        if outcome.status == "answered" or (outcome.status == "clarify" and long):
            return outcome
        if long and action in _SHORT_BY_NATURE and turn.confidence < _INTENT_SURE:
            return outcome
    if action in _SMALL_TALK and (sought := _looked_for(turn, answers)) is not None:
        return sought
    return rule(turn, answers)


def _looked_for(turn: Turn, answers: Answers) -> Outcome | None:
    """What the knowledge base has for a turn that an unsure classifier took for small talk; None where it is that.

    A word alone (아이돌봄), or one that was misheard, looks like anything to the classifier.
    """
    if turn.intent is None or turn.confidence >= _INTENT_SURE:
        return None
    try:
        outcome = answer(turn, answers)
    except KnowledgeError:
        return None
    return outcome if turn.half_heard or outcome.status in {"answered", "clarify"} else None


def _may_be_a_story(action: str, turn: Turn) -> bool:
    if action == "action_request_human":
        return len(turn.text) >= _STORY_CHARS and turn.confidence < _ASKED_FOR_A_PERSON
    return len(turn.text) >= _LONG_STORY_CHARS or (len(turn.text) >= _STORY_CHARS and turn.confidence < _INTENT_SURE)


def _replied(turn: Turn, answers: Answers) -> Outcome | None:
    """What comes of a plain yes or no to what Maru has just asked or answered; None for any other words."""
    if turn.chosen_entry_id is not None:
        return None
    if is_none_of_these(turn.text):
        return _refused(turn)
    said = yes_or_no(turn.text)
    if said is None or not (turn.memory.is_asking or (turn.memory.last_status == "answered" and said.points_at_it)):
        return None
    if said.answer == "yes":
        return affirm(turn, answers)
    if not said.rest:
        return _refused(turn)
    if (position := ordinal_of(said.rest, len(turn.memory.suggestions))) is not None:
        return _entry(turn.memory.suggestions[position], turn, answers)
    return _answered_without(replace(turn, text=said.rest), answers)


def answer(turn: Turn, answers: Answers) -> Outcome:
    """What the knowledge base says: an entry, one to confirm, a few to choose from, or none and whom to call.

    What got a no before is brought back by a clear question alone.
    """
    outcome = _outcome(answers.search(turn.text, turn.viewer), turn)
    refused = turn.memory.refused
    if not refused or outcome.status == "answered":
        return outcome
    without = _outcome(answers.search(turn.text, turn.viewer, refused), turn)
    return replace(without, refused=refused) if without.status == "clarify" else without


def _answered_without(turn: Turn, answers: Answers) -> Outcome:
    """What was said behind a no is a question, to which what was refused is no answer."""
    refused = _refused_so_far(turn)
    outcome = _outcome(answers.search(turn.text, turn.viewer, refused), turn)
    return outcome if outcome.status == "answered" else replace(outcome, refused=refused)


def _outcome(decision: Decision, turn: Turn) -> Outcome:
    others = tuple(hit.entry.entry_id for hit in decision.others)
    if decision.status == "answered":
        best = decision.hits[0]
        return Outcome("answered", entry_id=best.entry.entry_id, score=best.score, others=others)
    if decision.status == "clarify":
        suggestions = tuple(Suggested(hit.entry.entry_id, hit.score) for hit in decision.hits)
        wording = "confirm" if len(suggestions) == 1 else "did_you_mean"
        return Outcome("clarify", wording=wording, suggestions=suggestions, others=others)
    wording = "own_case" if is_own_case(turn.text) else "no_answer"
    return Outcome("no_answer", wording=wording, category=decision.category)


def choose_suggestion(turn: Turn, answers: Answers) -> Outcome:
    """The suggestion that was pressed or named; a question where nothing can be meant by it."""
    offered = turn.memory.suggestions
    if turn.chosen_entry_id is not None:
        return _entry(turn.chosen_entry_id, turn, answers)
    position = ordinal_of(turn.text, len(offered))
    if position is not None:
        return _entry(offered[position], turn, answers)
    if offered:
        return affirm(turn, answers)
    return answer(turn, answers)


def affirm(turn: Turn, answers: Answers) -> Outcome:
    """Yes to a single suggestion is that entry; yes to several asks which."""
    if not turn.memory.is_asking:
        return _smalltalk("affirm")(turn, answers)
    if len(turn.memory.suggestions) == 1:
        return _entry(turn.memory.suggestions[0], turn, answers)
    return _ask_again(turn)


def deny(turn: Turn, answers: Answers) -> Outcome:
    """No to what was offered or answered."""
    if turn.memory.is_asking or turn.memory.last_status == "answered" or turn.memory.refused:
        return _refused(turn)
    return _smalltalk("deny")(turn, answers)


def _refused(turn: Turn) -> Outcome:
    """What a no comes to: the next likely entries, or other words are asked for; after a second no, whom to call."""
    memory, refused = turn.memory, _refused_so_far(turn)
    if memory.refused:
        return Outcome("handoff", wording="refused_again")
    if memory.others and len(memory.suggestions) <= 1:
        suggestions = tuple(Suggested(entry_id, 0.0) for entry_id in memory.others)
        wording = "confirm" if len(suggestions) == 1 else "others_meant"
        return Outcome("clarify", wording=wording, suggestions=suggestions, refused=refused)
    return Outcome("no_answer", wording="none_of_these", refused=refused)


def _refused_so_far(turn: Turn) -> tuple[str, ...]:
    memory = turn.memory
    answered = (memory.last_entry_id,) if memory.last_status == "answered" and memory.last_entry_id is not None else ()
    return tuple(dict.fromkeys((*memory.refused, *memory.suggestions, *answered)))


def repeat(turn: Turn, answers: Answers) -> Outcome:
    """The last answer, or the last choice, once more."""
    if turn.memory.is_asking:
        return _ask_again(turn)
    if turn.memory.last_entry_id is not None:
        return _entry(turn.memory.last_entry_id, turn, answers)
    if turn.memory.last_status == "no_answer":
        return Outcome("no_answer", wording="no_answer")
    return Outcome("smalltalk", wording="nothing_to_repeat")


def request_human(turn: Turn, _answers: Answers) -> Outcome:
    """A person is wanted: say whom to call."""
    return Outcome("handoff", wording="handoff")


def emergency(turn: Turn, answers: Answers) -> Outcome:
    """Rasa heard danger although the wording list didn't: all numbers are named.

    Where retrieval has an answer or knows what to ask back, both are given: that, and beside it whom to call first.
    """
    outcome = answer(turn, answers)
    told = outcome.status == "answered" and len(turn.text) >= _LONG_STORY_CHARS
    if told or (outcome.status in {"answered", "clarify"} and turn.confidence < _INTENT_SURE):
        return replace(outcome, note="emergency_first")
    return Outcome("emergency", wording="emergency_general")


def _entry(entry_id: str, turn: Turn, answers: Answers) -> Outcome:
    entry = answers.find(entry_id, turn.viewer)
    if entry is None:
        return Outcome("no_answer", wording="entry_gone")
    return Outcome("answered", entry_id=entry.entry_id, score=1.0)


def _ask_again(turn: Turn) -> Outcome:
    memory = turn.memory
    suggestions = tuple(Suggested(entry_id, 0.0) for entry_id in memory.suggestions)
    wording = "confirm" if len(suggestions) == 1 else "which_one"
    return Outcome("clarify", wording, suggestions=suggestions, others=memory.others, refused=memory.refused)


def _smalltalk(wording: str) -> Rule:
    def rule(_turn: Turn, _answers: Answers) -> Outcome:
        return Outcome("smalltalk", wording=wording)

    return rule


RULES: dict[str, Rule] = {
    "action_answer": answer,
    "action_choose_suggestion": choose_suggestion,
    "action_affirm": affirm,
    "action_deny": deny,
    "action_repeat": repeat,
    "action_request_human": request_human,
    "action_emergency": emergency,
    "action_greet": _smalltalk("greet"),
    "action_goodbye": _smalltalk("goodbye"),
    "action_thanks": _smalltalk("thanks"),
    "action_help": _smalltalk("help"),
    "action_cancel": _smalltalk("cancel"),
    "action_chitchat": _smalltalk("chitchat"),
    "action_insult": _smalltalk("insult"),
}

# Everything that a long utterance may have been mistaken for; an emergency decides for itself.
_OVERRULED = frozenset(RULES) - {"action_answer", "action_emergency"}

# Nobody says these in a long sentence: better “I found no answer” than “you are welcome”.
_SHORT_BY_NATURE = frozenset(f"action_{name}" for name in ("affirm", "deny", "goodbye", "help", "repeat", "thanks"))

# What an unknown word is taken for, though nobody meant to chat.
_SMALL_TALK = frozenset(
    f"action_{name}" for name in ("greet", "goodbye", "thanks", "help", "cancel", "chitchat", "insult")
)
