"""The one place where numbers are held to a tolerance: `grader.judging.compare`."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.border import frames
from grader.border.frames import DTYPES, Foreign
from grader.course.exercise import Tolerance
from grader.judging.compare import Difference, Rules, compare

pytestmark = pytest.mark.filterwarnings("error")

EXACT = Rules(Tolerance(relative=0, absolute=0))
USUAL = Rules(Tolerance(relative=1e-9, absolute=1e-12))
LOOSE = Rules(Tolerance(relative=0.5, absolute=0.5))
STRICT = Rules(Tolerance(relative=1e-9, absolute=1e-12), strict_dtype=True)
STAGES = ("answer", "type", "shape", "dtype", "non-finite", "values")
INF, NAN = np.inf, np.nan
SMALLEST = 5e-324


def array(*values: Any, dtype: Any = None) -> np.ndarray:
    return np.array(values, dtype)


def found(actual: Any, expected: Any, rules: Rules = USUAL) -> Difference:
    difference = compare(actual, expected, rules)
    assert difference is not None
    return difference


def stage(actual: Any, expected: Any, rules: Rules = USUAL) -> str:
    difference = compare(actual, expected, rules)
    return "equal" if difference is None else difference.stage


# What is equal, at no tolerance at all.
EQUAL = {
    "numbers": (1.5, 1.5),
    "integer for a float": (1, 1.0),
    "float for an integer": (1.0, 1),
    "0-d array for a number": (np.array(1.5), 1.5),
    "number for a 0-d array": (1.5, np.array(1.5)),
    "0-d integers for a float": (np.array(2), 2.0),
    "booleans": (True, True),
    "0-d boolean": (np.array(False), False),
    "complex numbers": (1 + 2j, 1 + 2j),
    "complex64 for complex128": (array(1 + 2j, dtype=np.complex64), array(1 + 2j)),
    "NaN": (NAN, NAN),
    "NaN in a smaller float": (array(1, NAN, dtype=np.float32), array(1, NAN)),
    "a NaN with another sign": (-NAN, NAN),
    "plus infinity": (INF, INF),
    "minus infinity": (array(-INF, dtype=np.float16), array(-INF)),
    "complex infinity": (complex(INF, -1), complex(INF, -1)),
    "negative zero": (-0.0, 0.0),
    "negative zero for the integer": (array(-0.0), array(0)),
    "the smallest subnormal": (SMALLEST, SMALLEST),
    "the largest float": (array(1.7e308), array(1.7e308)),
    "float16 answers": (array(0.5, 2, dtype=np.float16), array(0.5, 2.0)),
    "float32 answers": (array(0.5, 2, dtype=np.float32), array(0.5, 2.0)),
    "integers for floats": (array(1, 2), array(1.0, 2.0)),
    "floats for integers": (array(1.0, 2.0), array(1, 2)),
    "uint8 for int64": (array(1, 255, dtype=np.uint8), array(1, 255)),
    "uint64 for int64": (array(5, dtype=np.uint64), array(5)),
    "the largest integers": (2**64 - 1, array(2**64 - 1, dtype=np.uint64)[0].item()),
    "the smallest integer": (-(2**63), -(2**63)),
    "an integer beyond 2**53 as a float": (float(2**60), 2**60),
    "boolean arrays": (array(True, False), array(True, False)),
    "Fortran order": (np.asfortranarray(np.eye(3)), np.eye(3)),
    "every other column": (np.arange(6.0)[::2], array(0.0, 2, 4)),
    "other byte order": (array(1.5, dtype=">f8"), array(1.5)),
    "empty": (np.zeros(0), np.zeros(0)),
    "empty with another axis": (np.zeros((0, 3)), np.zeros((0, 3))),
    "empty list": ([], []),
    "empty dict": ({}, {}),
    "None": (None, None),
    "texts": ("edge", "edge"),
    "empty texts": ("", ""),
    "what cannot cross, twice": (Foreign("a set"), Foreign("a set")),
    "nested lists": ([1, [2.0, [array(3.0)]]], [1, [2, [array(3)]]]),
    "dicts in another order": ({"b": 1, "a": 2}, {"a": 2, "b": 1}),
    "dicts in lists": ([{"w": array(1.0), "b": None}], [{"w": array(1.0), "b": None}]),
}

# What differs, and in which respect. A row that is wrong in several names the first.
DIFFERENT = {
    "None for a number": (None, 1.0, "answer"),
    "None for an array": (None, np.eye(2), "answer"),
    "None for a list": (None, [], "answer"),
    "None for a dict": (None, {}, "answer"),
    "None for a text": (None, "", "answer"),
    "a number for None": (0, None, "type"),
    "a list for an array": ([1.0, 2.0], array(1.0, 2.0), "type"),
    "a ragged list for an array": ([[1.0], [2.0, 3.0]], np.ones((2, 2)), "type"),
    "an empty list for an empty array": ([], np.zeros(0), "type"),
    "a list for a number": ([1.0], 1.0, "type"),
    "an array for a list": (array(1.0, 2.0), [1.0, 2.0], "type"),
    "a dict for an array": ({"a": 1.0}, array(1.0), "type"),
    "a dict for a list": ({}, [], "type"),
    "a list for a dict": ([], {}, "type"),
    "a number for a dict": (1, {"a": 1}, "type"),
    "a text for a number": ("1.0", 1.0, "type"),
    "a text for a list": ("ab", ["a", "b"], "type"),
    "a number for a text": (1, "1", "type"),
    "an array for a text": (array(1.0), "1", "type"),
    "a set for an array": (Foreign("a set"), array(1.0), "type"),
    "objects for an array": (Foreign("an array of Python objects of shape (2,)"), array(1), "type"),
    "a text for what cannot cross": ("a set", Foreign("a set"), "type"),
    "an array of texts": (np.array(["1.0"]), array(1.0), "type"),
    "an array of objects": (array(1.0, dtype=object), array(1.0), "type"),
    "an integer that no array holds": (2**64, 1, "type"),
    "a negative one": (-(2**63) - 1, 1.0, "type"),
    "(1,) for a number": (array(1.0), 1.0, "shape"),
    "a number for (1,)": (1.0, array(1.0), "shape"),
    "a number for an array": (0.0, np.zeros((2, 2)), "shape"),
    "(1, 2) for (2,)": (np.ones((1, 2)), np.ones(2), "shape"),
    "transposed": (np.ones((2, 3)), np.ones((3, 2)), "shape"),
    "(0, 3) for (3, 0)": (np.zeros((0, 3)), np.zeros((3, 0)), "shape"),
    "(0,) for (0, 0)": (np.zeros(0), np.zeros((0, 0)), "shape"),
    "too few items": ([1], [1, 2], "shape"),
    "too many items": ([1, 2], [], "shape"),
    "a key is missing": ({"a": 1}, {"a": 1, "b": 2}, "shape"),
    "a key too many": ({"a": 1, "b": 2}, {"a": 1}, "shape"),
    "another key": ({"A": 1}, {"a": 1}, "shape"),
    "no key at all": ({}, {"a": 1}, "shape"),
    "a boolean for an integer": (True, 1, "dtype"),
    "a boolean for a float": (False, 0.0, "dtype"),
    "an integer for a boolean": (1, True, "dtype"),
    "boolean array for integers": (array(True), array(1), "dtype"),
    "integers for booleans": (array(1, 0), array(True, False), "dtype"),
    "complex for a float": (1 + 0j, 1.0, "dtype"),
    "a float for a complex": (1.0, 1 + 0j, "dtype"),
    "complex for an integer": (array(1 + 0j), array(1), "dtype"),
    "no booleans for no floats": (np.zeros(0, bool), np.zeros(0), "dtype"),
    "minus infinity for plus": (-INF, INF, "non-finite"),
    "plus infinity for minus": (array(INF), array(-INF), "non-finite"),
    "NaN for infinity": (NAN, INF, "non-finite"),
    "infinity for NaN": (INF, NAN, "non-finite"),
    "NaN for a number": (NAN, 1.0, "non-finite"),
    "a number for NaN": (1.0, NAN, "non-finite"),
    "infinity for a number": (array(INF), array(1.0), "non-finite"),
    "a number for infinity": (array(1.0), array(INF), "non-finite"),
    "the largest number for infinity": (1.7e308, INF, "non-finite"),
    "an integer for NaN": (array(0), array(NAN), "non-finite"),
    "NaN for an integer": (array(NAN), array(0), "non-finite"),
    "infinity for an integer": (-INF, 3, "non-finite"),
    "float16 overflowed": (array(INF, dtype=np.float16), array(7e4), "non-finite"),
    "complex NaN": (complex(NAN, 0), 0j, "non-finite"),
    "complex infinity turned": (complex(INF, 1), complex(-INF, 1), "non-finite"),
    "huge values, opposite signs": (1e308, -1e308, "values"),
    "huge arrays, opposite signs": (array(-1.7e308), array(1.7e308), "values"),
    "small for huge complex": (array(0.1 + 0.1j), array(1.5e308 + 1.5e308j), "values"),
    "off by one": (3, 4, "values"),
    "a decimal for an integer": (array(3.0000001), array(3), "values"),
    "a text": ("edges", "edge", "values"),
    "another thing that cannot cross": (Foreign("a set"), Foreign("a range"), "values"),
    "wrong boolean": (array(True, True), array(True, False), "values"),
    "in a nested list": ([1, [2, [3]]], [1, [2, [4]]], "values"),
    "in a dict": ({"w": array(1.0)}, {"w": array(2.0)}, "values"),
    "in its last key": ({"a": 1, "w": [1, 2]}, {"a": 1, "w": [1, 3]}, "values"),
}


@pytest.mark.parametrize(("actual", "expected"), EQUAL.values(), ids=EQUAL)
def test_it_is_equal_without_any_tolerance(actual: Any, expected: Any) -> None:
    assert compare(actual, expected, EXACT) is None


@pytest.mark.parametrize(("actual", "expected", "where"), DIFFERENT.values(), ids=DIFFERENT)
def test_it_differs(actual: Any, expected: Any, where: str) -> None:
    assert stage(actual, expected) == where


@pytest.mark.parametrize(("actual", "expected", "where"), DIFFERENT.values(), ids=DIFFERENT)
def test_it_differs_deep_inside_a_tree_too(actual: Any, expected: Any, where: str) -> None:
    difference = found([0, {"w": [1, actual]}], [0, {"w": [1, expected]}])
    assert difference.stage == where
    assert difference.message.startswith("[1]['w'][1]")
    assert ": " in difference.message


def test_the_order_of_what_is_looked_at_never_varies() -> None:
    """Each answer is wrong in its own respect and in all that are looked at later."""
    expected = array([1.0, INF], [NAN, 4.0])
    answers: dict[str, Any] = {
        "answer": None,
        "type": [False],
        "shape": array(False),
        "dtype": np.zeros((2, 2), bool),
        "non-finite": array([7.0, -INF], [NAN, 7.0]),
        "values": array([7.0, INF], [NAN, 7.0]),
    }
    assert tuple(answers) == STAGES
    assert [stage(answer, expected) for answer in answers.values()] == list(STAGES)
    assert found(answers["non-finite"], expected).index == (0, 1)
    assert found(answers["values"], expected).index == (0, 0)


STRICTLY = [
    (1, 1.0, "dtype"),
    (1.0, 1, "dtype"),
    (array(1, 2), array(1.0, 2.0), "dtype"),
    (array(1.0, 2.0), array(1, 2), "dtype"),
    (array(1, dtype=np.uint8), array(1), "equal"),
    (array(1, dtype=np.float32), array(1.0), "equal"),
    (array(1, dtype=np.complex64), array(1 + 0j), "equal"),
    (array(1.0), array(2), "dtype"),
]


@pytest.mark.parametrize(("actual", "expected", "where"), STRICTLY)
def test_strict_dtype_asks_for_the_same_kind_of_number(
    actual: Any, expected: Any, where: str
) -> None:
    assert stage(actual, expected, STRICT) == where
    assert stage(actual, expected, EXACT) != "dtype"


# Integers are exact: no tolerance touches them, and no rounding to a float hides a one.
INTEGERS = [
    (1_000_001, 1_000_000),
    (array(7), array(8)),
    (array(7.4), array(7)),
    (2**53, 2**53 + 1),
    (float(2**53), 2**53 + 1),
    (array(float(2**53)), array(2**53 + 1)),
    (array([1.0, 2.0**53], [2.0**54, 0.0]), array([1, 2**53], [2**54 + 1, 0])),
    (array(-float(2**53)), array(-(2**53) - 1)),
    (array(float(2**63)), array(2**63 - 1)),
    (array(float(2**64)), array(2**64 - 1, dtype=np.uint64)),
    (array(2**24, dtype=np.float32), array(2**24 + 1)),
    (array(2048, dtype=np.float16), array(2049, dtype=np.int16)),
    (array(-1), array(2**64 - 1, dtype=np.uint64)),
    (array(2**64 - 1, dtype=np.uint64), array(-1)),
    (array(2**63 - 1), array(2**63, dtype=np.uint64)),
    (array(200, dtype=np.uint8), array(-56, dtype=np.int8)),
]


@pytest.mark.parametrize(("actual", "expected"), INTEGERS)
def test_an_integer_is_exact_whatever_the_tolerance(actual: Any, expected: Any) -> None:
    difference = found(actual, expected, LOOSE)
    assert difference.stage == "values"
    got, wanted = told(difference)
    assert Decimal(got) != Decimal(wanted)


@given(st.integers(-(2**63), 2**64 - 1), st.sampled_from([-1, 0, 1]))
def test_a_float_passes_for_an_integer_when_python_calls_them_equal(n: int, step: int) -> None:
    expected = min(max(n + step, -(2**63)), 2**64 - 1)
    equal = float(n) == expected
    assert (stage(float(n), expected, LOOSE) == "equal") is equal
    assert (stage(array(float(n)), np.array([expected]), LOOSE) == "equal") is equal


def after(number: float) -> float:
    return float(np.nextafter(number, INF))


LIMITS = [
    (Tolerance(relative=0, absolute=0.5), 1.0, 1.5),
    (Tolerance(relative=0, absolute=0.5), 0.0, 0.5),
    (Tolerance(relative=0.25, absolute=0), 4.0, 5.0),
    (Tolerance(relative=0.25, absolute=0), -4.0, -3.0),
    (Tolerance(relative=0.25, absolute=0.5), 4.0, 5.5),
    (Tolerance(relative=0.25, absolute=0), 2.0**1000, 1.25 * 2.0**1000),
    (Tolerance(relative=0.25, absolute=0), 4 * SMALLEST, 5 * SMALLEST),
    (Tolerance(relative=0, absolute=0), 3.0, 3.0),
]


@pytest.mark.parametrize(("tolerance", "expected", "limit"), LIMITS)
def test_the_bound_itself_passes_and_the_next_float_does_not(
    tolerance: Tolerance, expected: float, limit: float
) -> None:
    rules = Rules(tolerance)
    assert compare(limit, expected, rules) is None
    assert stage(after(limit), expected, rules) == "values"
    assert compare(array(limit, expected), array(expected, expected), rules) is None
    assert found(array(expected, after(limit)), array(expected, expected), rules).index == (1,)


def test_the_tolerance_is_relative_to_what_was_expected() -> None:
    rules = Rules(Tolerance(relative=0.9375, absolute=0))
    assert compare(1.0, 16.0, rules) is None
    assert stage(16.0, 1.0, rules) == "values"


@pytest.mark.parametrize("size", [1, 10, 1000, 1_000_000])
def test_the_tolerance_does_not_grow_with_size(size: int) -> None:
    expected = np.ones(size)
    assert compare(expected * (1 + 0.9e-9), expected, USUAL) is None
    answer = expected.copy()
    answer[-1] += 2e-9
    difference = found(answer, expected)
    assert difference.index == (size - 1,)
    assert f"1 of {size} places" in difference.message


def test_it_does_not_grow_with_the_largest_element_either() -> None:
    assert found(array(1e6, 1.001), array(1e6, 1.0)).index == (1,)


def test_a_complex_number_is_as_far_away_as_it_looks_in_the_plane() -> None:
    rules = Rules(Tolerance(relative=0, absolute=5))
    assert compare(3 + 4j, 0j, rules) is None
    assert stage(complex(3, after(4)), 0j, rules) == "values"


@pytest.mark.parametrize(
    ("dtype", "relative", "where"),
    [
        (np.float32, 1e-6, "equal"),
        (np.float32, 1e-9, "values"),
        (np.float16, 1e-3, "equal"),
        (np.float16, 1e-6, "values"),
    ],
)
def test_small_floats_are_held_to_the_same_tolerance(
    dtype: type, relative: float, where: str
) -> None:
    rules = Rules(Tolerance(relative, absolute=0))
    assert stage(array(0.1, 0.7, dtype=dtype), array(0.1, 0.7), rules) == where


def test_the_absolute_tolerance_is_for_what_should_be_zero() -> None:
    assert compare(1e-13, 0.0, USUAL) is None
    assert stage(1e-11, 0.0) == "values"
    assert stage(SMALLEST, 0.0, EXACT) == "values"


# Messages: where, how many, the first place, both values.


def told(difference: Difference) -> tuple[str, str]:
    """Return the two values of a message."""
    got, _, wanted = difference.message.rpartition("got ")[2].partition(", expected ")
    return got, wanted


def test_a_message_says_where_how_many_and_both_values() -> None:
    difference = found(array([-1.0]), array([1.0]))
    message = "values differ in 1 of 1 places; first at [0, 0]: got -1.0, expected 1.0"
    assert difference == Difference("values", message, (0, 0))
    expected = np.arange(12.0).reshape(3, 4)
    answer = expected.copy()
    answer[1, 2], answer[2, 0] = 0.0179862, -5
    difference = found(answer, expected)
    message = "values differ in 2 of 12 places; first at [1, 2]: got 0.0179862, expected 6.0"
    assert difference == Difference("values", message, (1, 2))


def test_the_first_place_is_the_first_in_reading_order_whatever_the_memory_order() -> None:
    expected = np.zeros((2, 3))
    answer = np.zeros((2, 3), order="F")
    answer[1, 0] = answer[0, 2] = 1.0
    assert found(answer, expected).index == (0, 2)


def test_only_the_places_that_matter_are_counted() -> None:
    expected = array(1.0, INF, NAN, 4.0)
    difference = found(array(2.0, -INF, 0.0, 5.0), expected)
    assert "2 of 4 places; first at [1]: got -inf, expected inf" in difference.message
    difference = found(array(2.0, INF, NAN, 5.0), expected)
    assert "2 of 4 places; first at [0]: got 2.0, expected 1.0" in difference.message


def test_a_number_is_told_without_a_place() -> None:
    assert found(2, 3) == Difference("values", "got 2, expected 3")
    assert found(np.array(0.5), NAN) == Difference("non-finite", "got 0.5, expected nan")


MESSAGES = [
    (None, np.eye(2), "None came back, expected an array of shape (2, 2): is a `return` missing?"),
    (None, 1.5, "None came back, expected the number 1.5: is a `return` missing?"),
    (None, [1, 2], "None came back, expected a list of 2 items: is a `return` missing?"),
    ([1, 2], array(1, 2), "got a list of 2 items, expected an array of shape (2,): np.array(...)"),
    ([1], 1, "got a list of 1 item, expected the number 1"),
    ("1", 1, "got the text '1', expected the number 1"),
    (Foreign("a generator"), array(1), "got a generator, expected an array of shape (1,)"),
    (Foreign("a set"), [1], "got a set, expected a list of 1 item"),
    (1, None, "got the number 1, expected None"),
    ({}, {"w": 1}, "got an empty dict, expected a dict with the keys 'w'"),
    ({"b": 1}, {"w": 1}, "got a dict with the keys 'b', expected a dict with the keys 'w'"),
    (np.ones((2, 3)), np.ones((3, 2)), "got the shape (2, 3), expected (3, 2)"),
    (array(1.5), 1.5, "got an array of shape (1,), expected the number 1.5"),
    (1.5, array(1.5), "got the number 1.5, expected an array of shape (1,)"),
    ([1, 2, 3], [1, 2], "got 3 values, expected 2"),
    (array(True), array(1.0), "got booleans (bool), expected floats"),
    (array(1j), array(1), "got complex numbers (complex128), expected integers"),
    ("edges", "edge", "got the text 'edges', expected the text 'edge'"),
]


@pytest.mark.parametrize(("actual", "expected", "message"), MESSAGES)
def test_a_message_says_what_came_and_what_was_expected(
    actual: Any, expected: Any, message: str
) -> None:
    assert found(actual, expected).message.startswith(message)
    inside = found([[0], [actual]], [[0], [expected]]).message
    assert inside.startswith(f"[1][0]: {message}")


def test_advice_to_make_an_array_is_for_lists_alone() -> None:
    assert "np.array" in found([1.0], array(1.0)).message
    assert "np.array" not in found({"a": 1}, array(1.0)).message
    assert "np.array" not in found([1.0], 1.0).message


TOLD_APART = [
    (1.0, 1.0000001),
    (1.0000001, 1.0),
    (1, 1.0000001),
    (1.0000001, 1),
    (0.1, after(0.1)),
    (1234567.0, 1234567.5),
    (1e300, after(1e300)),
    (123456.0, 123456.4),
    (2.0**53, 2**53 + 1),
    (SMALLEST, 0.0),
    (-1e-20, 0.0),
    (np.float32(0.1), 0.1),
    (0.1, np.float32(0.1)),
    (np.float16(0.1), 0.1),
    (np.float32(0.3), np.float16(0.3)),
]


@pytest.mark.parametrize(("actual", "expected"), TOLD_APART)
def test_two_values_are_told_apart_even_where_six_digits_agree(actual: Any, expected: Any) -> None:
    for answer, right in ((actual, expected), (array(actual), array(expected))):
        got, wanted = told(found(np.asarray(answer), np.asarray(right), EXACT))
        assert Decimal(got) != Decimal(wanted)


def test_six_digits_are_shown_where_they_are_enough() -> None:
    assert told(found(1 / 3, 2 / 3)) == ("0.333333", "0.666667")
    assert told(found(array(1e20), array(-2.5e-20))) == ("1e+20", "-2.5e-20")


floats = st.floats(allow_nan=False, allow_infinity=False)
narrow = st.floats(allow_nan=False, allow_infinity=False, width=32).map(np.float32)


@given(floats | narrow, floats | narrow | st.integers(-(2**63), 2**64 - 1))
def test_a_message_never_shows_the_same_number_twice(actual: Any, expected: Any) -> None:
    difference = compare(array(actual), array(expected), EXACT)
    if difference is not None:
        got, wanted = told(difference)
        larger = Decimal(float(actual)) > Decimal(
            expected if isinstance(expected, int) else float(expected)
        )
        assert Decimal(got) != Decimal(wanted)
        assert (Decimal(got) > Decimal(wanted)) is larger


# Any tree at all.

numbers = (
    st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.complex_numbers(allow_nan=True, allow_infinity=True)
)
arrays = hnp.arrays(
    st.sampled_from(sorted(DTYPES)).map(np.dtype),
    hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3),
)
leaves = st.none() | numbers | st.text(max_size=5) | st.builds(Foreign, st.text(max_size=5))
trees = st.recursive(
    leaves | arrays,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "w"]), inner, max_size=3)
    ),
    max_leaves=6,
)
hostile = st.recursive(
    leaves
    | arrays
    | st.integers(-(2**80), 2**80)
    | hnp.arrays(st.sampled_from([object, "U3", "S2", "M8[s]"]), (2,), fill=st.nothing()),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["a", "b"]), inner, max_size=2)
    ),
    max_leaves=4,
)
any_rules = st.builds(
    Rules,
    st.builds(Tolerance, st.floats(0, 0.99), st.floats(0, 0.99)),
    st.booleans(),
)


@given(trees)
def test_every_tree_is_equal_to_itself(tree: Any) -> None:
    assert compare(tree, tree, EXACT) is None
    assert compare(tree, tree, STRICT) is None


@given(trees)
def test_every_tree_is_equal_to_what_comes_out_of_the_border(tree: Any) -> None:
    assert compare(frames.decode(frames.encode(tree)), tree, STRICT) is None


@settings(max_examples=400)
@given(hostile, hostile, any_rules)
def test_nothing_makes_it_raise_or_warn(actual: Any, expected: Any, rules: Rules) -> None:
    difference = compare(actual, expected, rules)
    assert difference is None or difference.stage in STAGES


@settings(max_examples=300)
@given(st.data(), any_rules)
def test_arrays_of_one_shape_never_make_it_raise_or_warn(data: st.DataObject, rules: Rules) -> None:
    """Two trees drawn alone seldom get as far as the values."""
    shape = data.draw(hnp.array_shapes(min_dims=0, max_dims=2, min_side=0, max_side=3))
    dtypes = st.sampled_from(sorted(DTYPES)).map(np.dtype)
    actual, expected = (data.draw(hnp.arrays(data.draw(dtypes), shape)) for _ in "ae")
    difference = compare(actual, expected, rules)
    if difference is not None and difference.stage in ("non-finite", "values"):
        assert len(difference.index) == expected.ndim
        assert str(actual[difference.index]) != ""


# One wrong element anywhere is found, at its place.


def perturbed(values: np.ndarray, index: tuple[int, ...], tolerance: Tolerance) -> Iterator[Any]:
    """Yield copies with one wrong element, and the stage at which it has to be found."""
    wrong = values.copy()
    if values.dtype.kind == "b":
        wrong[index] = not wrong[index]
        yield wrong, "values"
    elif values.dtype.kind in "iu":
        smallest = values[index] == np.iinfo(values.dtype).min
        wrong[index] = int(values[index]) + (1 if smallest else -1)
        yield wrong, "values"
    else:
        allowed = tolerance.absolute + tolerance.relative * abs(values[index])
        for step in (1.01 * allowed, -1.01 * allowed):
            wrong[index] = values[index] + step
            yield wrong.copy(), "values"
        for number in (NAN, INF, -INF):
            wrong[index] = number
            yield wrong.copy(), "non-finite"


@given(st.data())
def test_one_wrong_element_is_found_at_its_index(data: st.DataObject) -> None:
    tolerance = Tolerance(relative=1e-6, absolute=1e-9)
    shape = data.draw(hnp.array_shapes(min_dims=0, max_dims=4, max_side=4))
    dtype = data.draw(st.sampled_from(["b1", "i1", "u1", "i8", "u8", "f8", "c16"]))
    elements = {
        "f8": st.floats(-1e6, 1e6),
        "c16": st.complex_numbers(max_magnitude=1e6),
    }.get(dtype)
    expected = data.draw(hnp.arrays(dtype, shape, elements=elements))
    index = tuple(data.draw(st.integers(0, size - 1)) for size in shape)
    for answer, where in perturbed(expected, index, tolerance):
        difference = found(answer, expected, Rules(tolerance))
        assert difference.stage == where
        assert difference.index == index
        assert not shape or f"1 of {expected.size} places" in difference.message


@given(st.data())
def test_elements_within_the_tolerance_are_no_difference(data: st.DataObject) -> None:
    tolerance = Tolerance(relative=1e-6, absolute=1e-9)
    shape = data.draw(hnp.array_shapes(max_dims=3, max_side=4))
    expected = data.draw(hnp.arrays(np.float64, shape, elements=st.floats(-1e6, 1e6)))
    jitter = data.draw(hnp.arrays(np.float64, shape, elements=st.floats(-0.99, 0.99)))
    allowed = tolerance.absolute + tolerance.relative * np.abs(expected)
    assert compare(expected + jitter * allowed, expected, Rules(tolerance)) is None
