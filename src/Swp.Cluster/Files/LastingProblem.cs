namespace Swp.Cluster.Files;

/// <summary>A problem with files is told once, and only when it is there at two looks in a row: a file that is just being replaced is none.</summary>
internal sealed class LastingProblem
{
    private string? _problem;
    private bool _told;

    /// <summary>Whether it is to be told.</summary>
    public bool IsNews(string problem)
    {
        var lasts = _problem == problem;
        var isNews = lasts && !_told;
        _told = lasts;
        _problem = problem;
        return isNews;
    }

    /// <summary>It is over.</summary>
    public void Clear() => (_problem, _told) = (null, false);
}
