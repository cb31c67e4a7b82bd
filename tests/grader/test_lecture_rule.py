"""The lectures' printed numbers, and how the oracle is held to them: `grader.course.lecture`."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.answering import SolvedCase
from grader.course.case import public_cases
from grader.course.exercise import Argument, Exercise
from grader.course.lecture import HandWorked, agrees, disagreements, hand_worked
from grader.errors import CourseError

# The rule for one number.

AGREE = [
    # printed decimals: half a unit of the last place, bound included
    (3.25, "3.3"),
    (3.25, "3.2"),
    (3.35, "3.4"),
    (3.35, "3.3"),  # the float is a little more than 3.35, which is what it stands for
    (0.15, "0.2"),
    (np.float32(0.15), "0.2"),
    (0.0900, "0.0900"),
    (0.09004, "0.0900"),
    (0.094, "0.09"),
    (0.0949, "0.09"),
    (0.085, "0.09"),
    (0.975531, "0.9755"),
    (0.0, "0.00"),
    (0.0049, "0.00"),
    (-0.0049, "0.00"),
    (-0.0, "0.0"),
    (0.0, "-0.0"),
    (-2.375, "-2.38"),
    (-2.375, "-2.37"),
    (-0.8, "-0.80"),
    (1.0, "1.0"),
    (1.04, "1.0"),
    (82.0, "82.0"),
    (np.float32(0.1), "0.1"),
    (np.float64(0.1), "0.1000000000000000"),
    (5, "5.0"),
    (1234.4, "1.234e3"),
    (0.00018, "1.8e-4"),
    (1e22, "10000000000000000000000.0"),
    # printed integers: exact
    (82, "82"),
    (82.0, "82"),
    (np.int64(-60), "-60"),
    (0, "0"),
    (-0.0, "0"),
    (2**63 + 1, "9223372036854775809"),
    (np.uint64(2**64 - 1), "18446744073709551615"),
    (3, "+3"),
    (300, "3e2"),
]
DISAGREE = [
    (3.26, "3.2"),
    (0.0901, "0.0900"),
    (0.09006, "0.0900"),
    (0.0951, "0.09"),
    (0.0849, "0.09"),
    (0.0051, "0.00"),
    (-0.0051, "0.00"),
    (2.375, "-2.38"),
    (-2.3751, "-2.37"),
    (1.0, "1.1"),
    (1.06, "1.0"),
    (82.1, "82"),
    (81.99999999999999, "82"),
    (82, "83"),
    (0.4, "0"),
    (-1, "1"),
    (2**53, "9007199254740993"),
    (2**63, "9223372036854775809"),
    (301, "3e2"),
    (float("nan"), "0.0"),
    (float("inf"), "0.0"),
    (float("nan"), "nan"),
    (0.5, "nan"),
    (0.5, "inf"),
]
CUT = [
    (0.579, "0.57", True),
    (0.57999, "0.57", True),
    (0.5701, "0.57", True),
    (0.5, "0.5", True),
    (0.75, "0.74", False),
    (0.75, "0.75", True),
    (0.5699, "0.57", False),
    (-0.579, "-0.57", True),
    (-0.75, "-0.74", False),
    (0.579, "-0.57", False),
    (-0.579, "0.57", False),
    (0.0099, "0.00", True),
    (-0.0099, "0.00", True),
    (0.01, "0.00", False),
    (3, "3", True),
    (3.9, "3", False),  # a cut integer is not a thing that lectures print: integers are exact
    (float("inf"), "0.5", False),
]


@pytest.mark.parametrize(("value", "printed"), AGREE)
def test_a_number_agrees_with_what_is_printed(value: Any, printed: str) -> None:
    assert agrees(value, printed)


@pytest.mark.parametrize(("value", "printed"), DISAGREE)
def test_a_number_does_not_agree_with_what_is_printed(value: Any, printed: str) -> None:
    assert not agrees(value, printed)


@pytest.mark.parametrize(("value", "printed", "agreeing"), CUT)
def test_truncated_decimals_are_cut_towards_zero(value: Any, printed: str, agreeing: bool) -> None:
    assert agrees(value, printed, truncated=True) is agreeing


@given(st.floats(-1e6, 1e6), st.integers(1, 8))
def test_what_python_rounds_and_prints_agrees(value: float, places: int) -> None:
    printed = f"{value:.{places}f}"
    assert agrees(value, printed)
    unit = Decimal(1).scaleb(-places)
    assert not agrees(value, str(Decimal(printed) + 2 * unit))
    assert not agrees(value, str(Decimal(printed) - 2 * unit))


@given(
    st.integers(0, 10**6),
    st.sampled_from(["", "-"]),
    st.sampled_from([("25", "2", "3"), ("125", "12", "13"), ("0625", "062", "063")]),
)
def test_a_half_may_be_printed_up_or_down(
    whole: int, sign: str, decimals: tuple[str, str, str]
) -> None:
    half, down, up = (f"{sign}{whole}.{digits}" for digits in decimals)
    assert agrees(float(half), down)
    assert agrees(float(half), up)
    assert agrees(float(half), half)


# lecture.yaml.


@pytest.fixture
def lecture(tmp_path: Path) -> Callable[[str], Exercise]:
    """A function that makes an exercise with this lecture.yaml."""

    def make(text: str) -> Exercise:
        (tmp_path / "lecture.yaml").write_text(text, encoding="utf-8")
        (tmp_path / "cases.py").write_text("def cases(rng):\n    return ()\n", encoding="utf-8")
        arguments = tuple(Argument(name, "float") for name in ("x", "value", "printed"))
        return Exercise(
            name="edges",
            folder=tmp_path,
            title="Edges",
            topic="tests",
            entry_point="edges",
            oracle="./oracle.py:edges",
            seed=1,
            groups={"lecture": 1},
            arguments=arguments,
        )

    return make


def worked(make: Callable[[str], Exercise], answer: str) -> HandWorked:
    """Return the one case of a lecture.yaml that prints this."""
    (case,) = hand_worked(make(f"- {{id: a, source: here, inputs: {{x: 1}}, {answer}}}"))
    return case


def test_digits_stay_as_they_were_typed(lecture: Callable[[str], Exercise]) -> None:
    text = """
- id: a
  source: here
  inputs: {x: {values: [0.0900, 1]}}
  printed: [0.0900, 0.09, 1e3, 007, -0.0, 1_000]
- id: b
  source: there
  inputs: {x: 1}
  printed_at: [{at: [0, 1], value: 0.10}]
  errata: [{at: [0, 0], printed: 0.50, exact: 0.25, why: halved twice}]
"""
    one, other = hand_worked(lecture(text))
    typed = ["0.0900", "0.09", "1e3", "007", "-0.0", "1_000"]
    assert [printed for _, printed in one.printed_places] == typed
    assert [index for index, _ in one.printed_places] == [(n,) for n in range(6)]
    np.testing.assert_array_equal(one.inputs["x"], [0.09, 1])
    assert other.printed_places == (((0, 1), "0.10"),)
    (erratum,) = other.errata
    assert (erratum.at, erratum.printed, erratum.exact) == ((0, 0), "0.50", "0.25")
    assert (one.place, other.place) == ("lecture.yaml:2", "lecture.yaml:6")


def test_an_input_may_have_any_name(lecture: Callable[[str], Exercise]) -> None:
    """Attention takes a query, a key and a value."""
    text = "- {id: a, source: s, inputs: {value: 3, printed: [1.50], x: {values: [2]}}, printed: 3}"
    (case,) = hand_worked(lecture(text))
    assert case.inputs["value"] == 3
    assert case.inputs["printed"] == [1.5]


def test_inputs_become_arrays_where_they_say_values(lecture: Callable[[str], Exercise]) -> None:
    text = """
- id: a
  source: here
  inputs:
    x: {values: [1, 2, 3, 4], shape: [2, 2], dtype: float32}
    value: {values: [true, false], dtype: bool}
    printed: {steps: [{values: [0]}, 2], name: edge}
  printed: 1
"""
    (case,) = hand_worked(lecture(text))
    x, value = case.inputs["x"], case.inputs["value"]
    assert (x.dtype, x.shape) == (np.float32, (2, 2))
    assert value.dtype == bool
    assert isinstance(case.inputs["printed"]["steps"][0], np.ndarray)
    assert case.inputs["printed"]["name"] == "edge"
    assert case.printed_places == (((), "1"),)


def test_one_case_may_borrow_from_another(lecture: Callable[[str], Exercise]) -> None:
    text = """
- {id: a, source: s, inputs: &inputs {x: 1, value: 2}, printed: 1}
- {id: b, source: s, inputs: {<<: *inputs, value: 3}, printed: 1}
- {id: c, source: s, inputs: {<<: *inputs, value: 4}, printed: 1}
"""
    cases = hand_worked(lecture(text))
    assert [case.inputs for case in cases] == [{"x": 1, "value": n} for n in (2, 3, 4)]


def test_an_empty_lecture_has_no_cases(lecture: Callable[[str], Exercise]) -> None:
    assert hand_worked(lecture("# nothing was worked by hand\n")) == ()


# The oracle's answer against the table that a lecture prints.

MATCHES = [
    ("printed: 5", 5),
    ("printed: 5", np.array(5.0)),
    ("printed: [5]", np.array([5.0])),
    ("printed: 5", np.array([[5.0]])),
    ("printed: [1, 2]", np.array([1.0, 2.0])),
    ("printed: [1, 2]", np.array([[[1.0, 2.0]]])),
    ("printed: [1, 2]", [1, 2]),
    ("printed: [9007199254740993, 1]", [2**53 + 1, 1]),
    ("printed: [[1], [2]]", np.array([[[1.0], [2.0]]])),
    ("printed: [9223372036854775809, -1]", [2**63 + 1, -1]),
    ("printed: [0.33, 0.67]", np.array([1 / 3, 2 / 3])),
    ("printed: [0.3, 0.7]", [0.3, 0.7]),
    ("printed: [0.33, 0.66], truncated: true", np.array([1 / 3, 2 / 3])),
    ("printed_at: [{at: [0, 1], value: 2}]", np.array([[1.0, 2.0], [3.0, 4.0]])),
    ("printed_at: [{at: [1, 1], value: 4}, {at: [0, 0], value: 1}]", np.arange(1, 5).reshape(2, 2)),
    ("printed_at: [{at: [], value: 4}]", 4),
]


@pytest.mark.parametrize(("answer", "oracle"), MATCHES)
def test_the_oracle_agrees(lecture: Callable[[str], Exercise], answer: str, oracle: Any) -> None:
    assert disagreements(worked(lecture, answer), oracle) == []


NO_MATCHES = [
    ("printed: 5", 6, "at []: printed 5, the oracle gives 6"),
    ("printed: [1, 2]", np.array([1.0, 2.5]), "at [1]: printed 2, the oracle gives 2.5"),
    ("printed: [1, 2]", np.array([[1.0, 3.0]]), "at [0, 1]: printed 2, the oracle gives 3.0"),
    ("printed: [1, 2]", np.zeros((2, 2)), "another shape than the oracle's answer (2, 2)"),
    ("printed: [1, 2]", np.zeros((2, 1)), "another shape than the oracle's answer (2, 1)"),
    ("printed: [1, 2]", np.zeros(3), "another shape than the oracle's answer (3,)"),
    ("printed: [[1, 2]]", np.zeros(2), "another shape than the oracle's answer (2,)"),
    ("printed: [[1, 2], [3]]", np.zeros((2, 2)), "another shape"),
    ("printed: [1, [2]]", np.zeros(2), "another shape"),
    ("printed: 5", np.zeros(0), "another shape than the oracle's answer (0,)"),
    ("printed: [1]", 1.0, "another shape than the oracle's answer ()"),
    ("printed_at: [{at: [2], value: 1}]", np.zeros(2), "at [2]: the oracle's answer has the shape"),
    ("printed_at: [{at: [0], value: 0}]", np.zeros((2, 2)), "has the shape (2, 2)"),
    ("printed_at: [{at: [0, 0], value: 0}]", np.zeros(2), "has the shape (2,)"),
    ("printed: [1, 1]", [[1.0], [1.0, 2.0]], "is no table of numbers"),
    ("printed: 1", {"a": 1}, "is no table of numbers"),
    ("printed: 1", None, "is no table of numbers"),
    ("printed: 1", "1", "is no table of numbers"),
    ("printed: 1", 1 + 0j, "is no table of numbers"),
    ("printed: 1.0", float("nan"), "printed 1.0, the oracle gives nan"),
]


@pytest.mark.parametrize(("answer", "oracle", "told"), NO_MATCHES)
def test_the_oracle_disagrees(
    lecture: Callable[[str], Exercise], answer: str, oracle: Any, told: str
) -> None:
    (found,) = disagreements(worked(lecture, answer), oracle)
    assert told in found


def test_every_place_that_disagrees_is_told(lecture: Callable[[str], Exercise]) -> None:
    case = worked(lecture, "printed: [[1, 2], [3, 4]]")
    found = disagreements(case, np.array([[1.0, 9], [9, 4]]))
    assert [text.partition(":")[0] for text in found] == ["at [0, 1]", "at [1, 0]"]


# Errata: the oracle must give what is exact there and must not give what was printed.

ERRATUM = "errata: [{at: [0, 1], printed: 46, exact: 45, why: its terms add to 45}]"


def test_an_erratum_is_held_to_the_exact_number(lecture: Callable[[str], Exercise]) -> None:
    for answer in ("printed: [1, 46]", "printed: [1, 45]", "printed_at: [{at: [0, 0], value: 1}]"):
        case = worked(lecture, f"{answer}, {ERRATUM}")
        assert disagreements(case, np.array([[1.0, 45.0]])) == []
        wrong = disagreements(case, np.array([[1.0, 44.0]]))
        assert "at [0, 1]: printed 45, the oracle gives 44.0" in wrong


def test_an_erratum_that_the_oracle_confirms_is_none(lecture: Callable[[str], Exercise]) -> None:
    case = worked(lecture, f"printed: [1, 46], {ERRATUM}")
    found = disagreements(case, np.array([[1.0, 46.0]]))
    assert "at [0, 1]: 46 is no erratum, the oracle agrees" in found
    assert len(found) == 2


def test_an_erratum_excuses_no_other_place(lecture: Callable[[str], Exercise]) -> None:
    case = worked(lecture, f"printed: [46, 46], {ERRATUM}")
    (found,) = disagreements(case, np.array([[45.0, 45.0]]))
    assert found.startswith("at [0, 0]: printed 46")


def test_an_erratum_outside_the_answer_is_told(lecture: Callable[[str], Exercise]) -> None:
    case = worked(lecture, "printed: [1], errata: [{at: [7], printed: 2, exact: 1, why: so}]")
    (found,) = disagreements(case, np.array([1.0]))
    assert found == "at [7]: the oracle's answer has the shape (1,)"


# What a student reads beside a wrong value.


def test_the_slides_number_is_found_from_the_place_in_the_answer(
    lecture: Callable[[str], Exercise],
) -> None:
    exercise = lecture("- {id: a, source: s, inputs: {x: 1}, printed: [[82, 68], [45.0, 24]]}")
    (case,) = public_cases(exercise)
    solved = SolvedCase(case, expected=None)
    assert solved.printed_at((1, 0)) == "45.0"
    assert solved.printed_at((0, 0, 0, 1)) == "68"
    assert solved.printed_at((0, 1, 0, 1)) == ""
    assert solved.printed_at((2, 0)) == ""
    assert solved.printed_at(()) == ""


def test_a_number_printed_wrongly_is_not_shown_to_a_student(
    lecture: Callable[[str], Exercise],
) -> None:
    text = f"- {{id: a, source: s, inputs: {{x: 1}}, printed: [1, 46], {ERRATUM}}}"
    (case,) = public_cases(lecture(text))
    solved = SolvedCase(case, expected=None)
    assert solved.printed_at((0, 0)) == "1"
    assert solved.printed_at((0, 1)) == ""


# What is wrong with a lecture.yaml is told with its place.

GOOD = "- {id: z, source: s, inputs: {x: 1}, printed: 1}\n"
MALFORMED = {
    "not a list": ("id: a\n", 1, "expected a list of cases"),
    "a case is a word": (f"{GOOD}- case\n", 2, "expected a case: id, source, inputs, printed"),
    "unknown key": (
        f"{GOOD}- id: a\n  sorce: s\n  inputs: {{x: 1}}\n  printed: 1\n",
        3,
        "unknown key 'sorce', did you mean 'source'?",
    ),
    "a key is a number": (f"{GOOD}- id: a\n  5: s\n", 3, "unknown key 5"),
    "no id": (
        f"{GOOD}- source: s\n  inputs: {{x: 1}}\n  printed: 1\n",
        2,
        "the key 'id' is missing",
    ),
    "no source": (f"{GOOD}- {{id: a, inputs: {{}}, printed: 1}}\n", 2, "the key 'source' is"),
    "no inputs": (f"{GOOD}- {{id: a, source: s, printed: 1}}\n", 2, "the key 'inputs' is missing"),
    "no answer": (
        f"{GOOD}- {{id: a, source: s, inputs: {{x: 1}}}}\n",
        2,
        "expected either `printed` or `printed_at`",
    ),
    "two answers": (
        f"{GOOD}- {{id: a, source: s, inputs: {{x: 1}}, printed: 1, printed_at: []}}\n",
        2,
        "expected either `printed` or `printed_at`",
    ),
    "a word is printed": (
        f"{GOOD}- {{id: a, source: s, inputs: {{x: 1}}, printed: [1, one]}}\n",
        2,
        "this case cannot be read",
    ),
    "nothing is printed": (
        f"{GOOD}- {{id: a, source: s, inputs: {{x: 1}}, printed: }}\n",
        2,
        "this case cannot be read",
    ),
    "a place without value": (
        f"{GOOD}- {{id: a, source: s, inputs: {{x: 1}}, printed_at: [{{at: [0]}}]}}\n",
        2,
        "this case cannot be read: KeyError('value')",
    ),
    "ragged values": (
        f"{GOOD}- {{id: a, source: s, inputs: {{x: {{values: [[1], [2, 3]]}}}}, printed: 1}}\n",
        2,
        "this case cannot be read",
    ),
    "values of another shape": (
        f"{GOOD}- {{id: a, source: s, inputs: {{x: {{values: [1], shape: [2]}}}}, printed: 1}}\n",
        2,
        "this case cannot be read",
    ),
    "inputs are a list": (
        f"{GOOD}- {{id: a, source: s, inputs: [1], printed: 1}}\n",
        2,
        "this case cannot be read",
    ),
    "an erratum without why": (
        GOOD + "- {id: a, source: s, inputs: {x: 1}, printed: 1, errata: "
        "[{at: [0], printed: 1, exact: 2}]}\n",
        2,
        "this case cannot be read: KeyError('why')",
    ),
    "a key twice": (
        f"{GOOD}- id: a\n  source: s\n  id: b\n  inputs: {{x: 1}}\n  printed: 1\n",
        4,
        "'id' stands here twice",
    ),
    "an input twice": (
        f"{GOOD}- {{id: a, source: s, inputs: {{x: 1, x: 2}}, printed: 1}}\n",
        2,
        "'x' stands here twice",
    ),
    "no YAML": (f"{GOOD}- {{id: a\n", 2, "expected ',' or '}'"),
    "an unknown tag": (f"{GOOD}- !python/object:os.system a\n", 2, "could not determine"),
    "an unknown anchor": (f"{GOOD}- *nowhere\n", 2, "found undefined alias"),
    "a table as key": (f"{GOOD}- {{[1]: 2}}\n", 2, "a key is one word or number"),
    "a day that is none": (f"{GOOD}- {{id: 2025-02-30}}\n", 2, "day is out of range"),
}


@pytest.mark.parametrize(("text", "line", "told"), MALFORMED.values(), ids=MALFORMED)
def test_what_is_malformed_is_told_with_file_and_line(
    lecture: Callable[[str], Exercise], text: str, line: int, told: str
) -> None:
    exercise = lecture(text)
    with pytest.raises(CourseError) as error:
        hand_worked(exercise)
    first = str(error.value).splitlines()[0]
    assert first.startswith(f"{exercise.folder / 'lecture.yaml'}:{line}:")
    assert told in first


@pytest.mark.parametrize("content", [b"- \xff", b"- \x07", b"- {id: a\0}"])
def test_bytes_that_are_no_yaml_are_told_with_the_file(
    lecture: Callable[[str], Exercise], content: bytes
) -> None:
    exercise = lecture("")
    path = exercise.folder / "lecture.yaml"
    path.write_bytes(content)
    with pytest.raises(CourseError, match=r"lecture\.yaml"):
        hand_worked(exercise)
    path.unlink()
    with pytest.raises(CourseError, match=r"lecture\.yaml cannot be read"):
        hand_worked(exercise)


def test_two_cases_of_one_id_are_told(lecture: Callable[[str], Exercise]) -> None:
    with pytest.raises(CourseError, match="two cases are called 'z'"):
        public_cases(lecture(GOOD + GOOD))


def test_an_input_that_is_no_argument_is_told(lecture: Callable[[str], Exercise]) -> None:
    text = "- {id: z, source: s, inputs: {y: 1}, printed: 1}\n"
    with pytest.raises(CourseError, match=r"case 'z': inputs \['y'\] are not among the arguments"):
        public_cases(lecture(text))
