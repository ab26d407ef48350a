namespace Swp.Gateway.Relay;

/// <summary>
/// The client's queries that were not answered yet, in the order they came. The owner's own limit of waiting queries bounds them. Guarded by its
/// relay's lock; holds nothing while there are none.
/// </summary>
internal sealed class OpenQueries
{
    private List<(long Sequence, string? Uuid)>? _queries;

    /// <summary>How many are open.</summary>
    public int Count => _queries?.Count ?? 0;

    /// <summary>The client has asked.</summary>
    public void Add(long sequence, string? uuid) => (_queries ??= new(1)).Add((sequence, uuid));

    /// <summary>An answer has come. <see langword="false"/> when it was answered before.</summary>
    public bool TryRemove(long sequence)
    {
        // Answers come in the order of the questions, or nearly: it is one of the first.
        var index = _queries?.FindIndex(query => query.Sequence == sequence) ?? -1;
        if (index < 0)
        {
            return false;
        }

        _queries!.RemoveAt(index);
        return true;
    }

    /// <summary>Takes out everything up to a number: whoever had it is gone.</summary>
    public IReadOnlyList<string?> TakeUpTo(long sequence)
    {
        if (_queries is not { Count: > 0 } queries || queries[0].Sequence > sequence)
        {
            return [];
        }

        var count = queries.FindIndex(query => query.Sequence > sequence) is var first and >= 0 ? first : queries.Count;
        var taken = queries.GetRange(0, count).ConvertAll(query => query.Uuid);
        queries.RemoveRange(0, count);
        return taken;
    }
}
