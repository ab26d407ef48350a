namespace Swp.Gateway.Audit;

/// <summary>Keeps a flood of refusals from being a flood of lines: of one kind from one address the first is told, the others are counted.</summary>
internal sealed class RefusalCounter
{
    /// <summary>So many addresses and kinds are told apart at a time; what more there are is counted together.</summary>
    public const int Capacity = 50;

    /// <summary>Where the rest comes from.</summary>
    public const string Elsewhere = "other addresses";

    private readonly Lock _gate = new();
    private readonly Dictionary<(string From, string Why), int> _more = [];
    private int _elsewhere;

    /// <summary>Whether a refusal is the first of its kind since they were last taken; the others are counted.</summary>
    public bool IsFirst(string from, string why)
    {
        lock (_gate)
        {
            if (_more.TryGetValue((from, why), out var count))
            {
                _more[(from, why)] = count + 1;
                return false;
            }

            if (_more.Count == Capacity)
            {
                _elsewhere++;
                return false;
            }

            _more[(from, why)] = 0;
            return true;
        }
    }

    /// <summary>Takes what was only counted.</summary>
    public IReadOnlyList<(string From, string Why, int Count)> Take()
    {
        lock (_gate)
        {
            var taken = _more.Where(more => more.Value > 0).Select(more => (more.Key.From, more.Key.Why, more.Value)).ToList();
            if (_elsewhere > 0)
            {
                taken.Add((Elsewhere, "any reason", _elsewhere));
            }

            _more.Clear();
            _elsewhere = 0;
            return taken;
        }
    }
}
