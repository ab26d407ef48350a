using System.Collections.Concurrent;
using Swp.Grains.Services;

namespace Swp.Cluster.Tests.Kit;

/// <summary>Echoes, and takes its time over an OPEN where a test wants it to.</summary>
[ClientType(Type, DisplayName = "Test")]
public sealed class TestService : ClientService
{
    public const string Type = "test";

    /// <summary>The same, and its clients need a token.</summary>
    public const string GuardedType = "guarded";

    /// <summary>The last OPEN of each client.</summary>
    public static ConcurrentDictionary<string, OpenContext> Opened { get; } = new();

    /// <summary>By id: is told that it is asked, and awaits the answer.</summary>
    public static ConcurrentDictionary<string, (TaskCompletionSource Asked, TaskCompletionSource Answer)> Held { get; } = new();

    public override async ValueTask<OpenDecision> OnOpenAsync(OpenContext open, CancellationToken cancellationToken)
    {
        Opened[open.Client.ToString()] = open;
        if (Held.TryGetValue(open.Client.Id, out var held))
        {
            held.Asked.TrySetResult();
            await held.Answer.Task.WaitAsync(cancellationToken);
        }

        return await base.OnOpenAsync(open, cancellationToken);
    }
}
