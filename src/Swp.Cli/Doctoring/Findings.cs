using System.Collections;

namespace Swp.Cli.Doctoring;

/// <summary>What was found so far.</summary>
internal sealed class Findings : IReadOnlyCollection<Finding>
{
    private readonly List<Finding> _all = [];

    public int Count => _all.Count;

    public bool Healthy => _all.TrueForAll(finding => finding.Severity != Severity.Problem);

    public void Ok(string what) => _all.Add(new Finding(Severity.Ok, what));

    public void Note(string what, string why, string? toDo = null) => _all.Add(new Finding(Severity.Note, what, why, toDo));

    public void Problem(string what, string why, string toDo) => _all.Add(new Finding(Severity.Problem, what, why, toDo));

    public IEnumerator<Finding> GetEnumerator() => _all.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
