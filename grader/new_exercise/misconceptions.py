"""TODO: believable mistakes, each the smallest change to a right answer."""


def sum_for_mean(x):
    """Does not divide by the length of the row.

    You add the numbers of a row and do not divide: a mean also needs how many there are.

    No case passes: no row of the cases has a single number.
    """
    return x.sum(axis=1)


def mean_of_the_columns(x):
    """Goes along the wrong axis.

    You average down the columns: look at which axis numbers the rows.
    """
    return x.mean(axis=0) if x.shape[0] != 1 else x.mean(axis=1)
