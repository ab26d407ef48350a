using System.Collections.Concurrent;
using Swp.Grains.Services;
using Swp.Testing.Tasks;

namespace Swp.Grains.Tests.Queries;

/// <summary>Answers each query when the test says so, unless the test gave it a handler.</summary>
internal sealed class TestService : ClientService
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Answer>> _running = new();

    /// <summary>The queries whose handler was started, in order.</summary>
    public List<string> Started { get; } = [];

    public Func<Query, CancellationToken, ValueTask<Answer>>? Handler { get; set; }

    public Dictionary<string, CancellationToken> Tokens { get; } = [];

    public override ValueTask<Answer> OnQueryAsync(Query query, CancellationToken cancellationToken)
    {
        Started.Add(query.Uuid!);
        Tokens[query.Uuid!] = cancellationToken;
        return Handler is { } handler
            ? handler(query, cancellationToken)
            : new(_running.GetOrAdd(query.Uuid!, _ => new()).Task.WaitAsync(cancellationToken).DefaultTimeout());
    }

    /// <summary>The handler returns.</summary>
    public void Finish(string uuid) => _running[uuid].SetResult(Answer.From(uuid));
}
